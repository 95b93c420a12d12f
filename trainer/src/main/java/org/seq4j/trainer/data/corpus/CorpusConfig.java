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
 * tab-separated one, {@code {file: x.tsv, source: 0, target: 1}}, or of a CSV file, {@code {file:
 * x.csv, source: text, target: summary}}, or keys of JSON objects, one per line, {@code {file:
 * x.jsonl, source: text, target: summary}}. Files may be compressed: .gz, .bz2, .xz, .zst, .lz4.
 * Plugins add other formats, see {@link CorpusFormat}.
 */
public record CorpusConfig(
    @Key(
            doc =
                "File of tab-separated columns, of CSV if it ends with .csv, or of JSON objects if"
                    + " it ends with .jsonl; absent if source and target are files themselves.")
        Optional<Path> file,
    @Key(
            doc =
                "Format of the files. Absent: chosen by their file name extensions, to which"
                    + " plugins can add.")
        Optional<Component<CorpusFormat>> format,
    @Key(
            doc =
                "Source side: a file with one sequence per line. With file: a column (its number"
                    + " from 0, or its name in a header) or a key, or a list of these, which are"
                    + " joined, see separator. Other formats and language models do not need it.",
            defaultValue = "[]")
        List<Literal> source,
    @Key(
            doc =
                "Text between the columns or keys of a source that has several. Sources that a"
                    + " model is given later are written in the same way. See the tokenizer"
                    + " columns.",
            defaultValue = "' '")
        String separator,
    @Key(
            doc =
                "Target side: a file with one sequence per line. With file: a column or a key, as"
                    + " for source. Other formats may not need it.")
        Optional<Literal> target,
    @Key(
            doc =
                "Whether more references follow the first: in the columns after target, in a target"
                    + " file after a tab, or in a JSON list. For dev and test.",
            defaultValue = "false")
        boolean alternatives,
    @Key(
            doc =
                "Word alignments as '0-0 1-2' (the format of fast_align): indices of source and"
                    + " target tokens, from 0. A file; with file, a column or a key. For train, see"
                    + " the objective guided-alignment.")
        Optional<Literal> alignment,
    @Key(
            doc =
                "Number of passes over the corpus per epoch; 0.5 reads half of it, alternating"
                    + " between the halves. For train.",
            defaultValue = "1",
            min = 0.001,
            max = 1000)
        double weight) {

  private static final String SPACE = " ";

  /** Checks what can be checked without the formats of plugins. */
  public CorpusConfig {
    source = List.copyOf(source);
    if (format.isEmpty()) {
      CorpusFormats.check(
          files(
              Path.of(""),
              file,
              source.isEmpty() ? target.stream().toList() : source, // see ofTargets
              separator,
              target,
              alternatives,
              alignment));
    }
  }

  /** Returns true if a source is missing, without which only a language model can be trained. */
  public boolean lacksSource() {
    return format.isEmpty() && source.isEmpty() && file.map(CorpusFormats::isOfSeq4j).orElse(true);
  }

  /**
   * Returns this corpus, whose sources are its targets, for a language model, which reads no
   * source: formats need not know that there is none.
   *
   * @throws IllegalArgumentException if it has other sources
   */
  public CorpusConfig ofTargets() {
    List<Literal> targets = target.stream().toList();
    if (!source.isEmpty() && !source.equals(targets)) {
      throw new IllegalArgumentException(
          "source: a language model, without model.encoder, has no source: remove it, or add an"
              + " encoder");
    }
    return new CorpusConfig(
        file, format, targets, separator, target, alternatives, alignment, weight);
  }

  private static CorpusFiles files(
      Path directory,
      Optional<Path> file,
      List<Literal> source,
      String separator,
      Optional<Literal> target,
      boolean alternatives,
      Optional<Literal> alignment) {
    return new CorpusFiles(
        directory,
        file.map(directory::resolve),
        source.stream().map(Literal::text).toList(),
        separator,
        target.map(Literal::text),
        alternatives,
        alignment.map(Literal::text));
  }

  /** Returns the files of this corpus, as passed to its format. */
  public CorpusFiles files(Path directory) {
    return files(directory, file, source, separator, target, alternatives, alignment);
  }

  /** Creates a corpus whose format is chosen by its file name extensions. */
  public CorpusConfig(
      Optional<Path> file,
      List<Literal> source,
      Literal target,
      boolean alternatives,
      Optional<Literal> alignment,
      double weight) {
    this(
        file,
        Optional.empty(),
        source,
        SPACE,
        Optional.of(target),
        alternatives,
        alignment,
        weight);
  }

  /** Creates a corpus of weight 1. */
  public CorpusConfig(
      Optional<Path> file, List<Literal> source, Literal target, boolean alternatives) {
    this(file, source, target, alternatives, Optional.empty(), 1);
  }

  /** Creates a corpus of two parallel files: line n of one belongs to line n of the other. */
  public static CorpusConfig parallel(Path source, Path target) {
    return new CorpusConfig(Optional.empty(), List.of(literal(source)), literal(target), false);
  }

  /** Creates a corpus of two columns of a tab-separated file, counted from 0. */
  public static CorpusConfig columns(Path file, int source, int target) {
    return new CorpusConfig(
        Optional.of(file),
        List.of(new Literal(Integer.toString(source))),
        new Literal(Integer.toString(target)),
        false);
  }

  /** Returns this corpus, with alternatives after its targets. */
  public CorpusConfig withAlternatives() {
    return new CorpusConfig(file, format, source, separator, target, true, alignment, weight);
  }

  /** Returns this corpus, with weight 1. */
  public CorpusConfig unweighted() {
    return new CorpusConfig(file, format, source, separator, target, alternatives, alignment, 1);
  }

  /** Returns this corpus, with absolute paths. */
  public CorpusConfig absolute(Path directory) {
    List<Path> read = // only sides that are files change; columns and keys stay
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
        separator,
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
