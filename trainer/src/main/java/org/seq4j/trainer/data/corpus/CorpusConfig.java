package org.seq4j.trainer.data.corpus;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.config.ConfigPaths;
import org.seq4j.runtime.config.key.Literal;

/**
 * A corpus: two parallel files, {@code {source: a.txt, target: b.txt}}, or columns of a
 * tab-separated one, {@code {file: x.tsv, source: 0, target: 1}}, or keys of JSON objects, one a
 * line, {@code {file: x.jsonl, source: text, target: summary}}. Files may be packed: .gz, .bz2,
 * .xz, .zst. Plugins bring other formats, see {@link CorpusFormat}.
 */
public record CorpusConfig(
    @Key(
            doc =
                "A file of tab-separated columns, or of JSON objects if it is called .jsonl; absent"
                    + " if source and target are files themselves.")
        Optional<Path> file,
    @Key(
            doc =
                "How the examples are stored. Absent: as the endings of the files' names say, which"
                    + " plugins can add to.")
        Optional<Component<CorpusFormat>> format,
    @Key(
            doc =
                "The source side: a file with one sequence a line, or with file a column (from 0)"
                    + " or a key, or a list of these, which are joined by a space. Other formats may"
                    + " do without.",
            defaultValue = "[]")
        List<Literal> source,
    @Key(
            doc =
                "The target side: a file with one sequence a line, or with file a column (from 0)"
                    + " or a key. Other formats may do without.")
        Optional<Literal> target,
    @Key(
            doc =
                "Whether further references follow the first: in the columns after target, or in a"
                    + " target file after a tab, or in a list in JSON. For dev and test.",
            defaultValue = "false")
        boolean alternatives,
    @Key(
            doc =
                "Which tokens of source and target belong together, as '0-0 1-2', counted from 0 as"
                    + " the tokenizers cut them (the format of fast_align): a file, or with file a"
                    + " column or a key. For train, see the objective guided-alignment.")
        Optional<Literal> alignment,
    @Key(
            doc =
                "How often an epoch goes through it; of 0.5, half of it, another half each time. For"
                    + " train.",
            defaultValue = "1",
            min = 0.001,
            max = 1000)
        double weight) {

  /** Checks what can be checked before it is known which formats plugins bring. */
  public CorpusConfig {
    source = List.copyOf(source);
    if (format.isEmpty()) {
      CorpusFormats.check(files(Path.of(""), file, source, target, alternatives, alignment));
    }
  }

  private static CorpusFiles files(
      Path directory,
      Optional<Path> file,
      List<Literal> source,
      Optional<Literal> target,
      boolean alternatives,
      Optional<Literal> alignment) {
    return new CorpusFiles(
        directory,
        file.map(directory::resolve),
        source.stream().map(Literal::text).toList(),
        target.map(Literal::text),
        alternatives,
        alignment.map(Literal::text));
  }

  /** What a format is told of it. */
  public CorpusFiles files(Path directory) {
    return files(directory, file, source, target, alternatives, alignment);
  }

  /** Of the format that the names of its files tell. */
  public CorpusConfig(
      Optional<Path> file,
      List<Literal> source,
      Literal target,
      boolean alternatives,
      Optional<Literal> alignment,
      double weight) {
    this(file, Optional.empty(), source, Optional.of(target), alternatives, alignment, weight);
  }

  /** Of weight 1. */
  public CorpusConfig(
      Optional<Path> file, List<Literal> source, Literal target, boolean alternatives) {
    this(file, source, target, alternatives, Optional.empty(), 1);
  }

  /** Two parallel files: line n of one belongs to line n of the other. */
  public static CorpusConfig parallel(Path source, Path target) {
    return new CorpusConfig(Optional.empty(), List.of(literal(source)), literal(target), false);
  }

  /** Two columns of a tab-separated file, counted from 0. */
  public static CorpusConfig columns(Path file, int source, int target) {
    return new CorpusConfig(
        Optional.of(file),
        List.of(new Literal(Integer.toString(source))),
        new Literal(Integer.toString(target)),
        false);
  }

  /** The same corpus, its targets followed by alternatives. */
  public CorpusConfig withAlternatives() {
    return new CorpusConfig(file, format, source, target, true, alignment, weight);
  }

  /** The same corpus, gone through once. */
  public CorpusConfig unweighted() {
    return new CorpusConfig(file, format, source, target, alternatives, alignment, 1);
  }

  /** The same corpus, named so that the folder does not matter any more. */
  public CorpusConfig absolute(Path directory) {
    List<Path> read = // the sides may be files, or else columns or keys, which stay
        format.isPresent()
            ? format.get().create(new ComponentContext(directory)).files(files(directory))
            : file.isPresent() ? List.of() : ParallelReader.files(files(directory));
    UnaryOperator<Literal> side =
        it ->
            read.contains(directory.resolve(it.text()))
                ? literal(absolute(Path.of(it.text()), directory))
                : it;
    return new CorpusConfig(
        file.map(path -> absolute(path, directory)),
        format.map(it -> ConfigPaths.map(it, path -> absolute(path, directory))),
        source.stream().map(side).toList(),
        target.map(side),
        alternatives,
        alignment.map(side),
        weight);
  }

  private static Path absolute(Path path, Path directory) {
    return directory.resolve(path).toAbsolutePath().normalize();
  }

  private static Literal literal(Path path) {
    return new Literal(path.toString());
  }
}
