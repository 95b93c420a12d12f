package org.seq4j.trainer.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.seq4j.core.config.Key;
import org.seq4j.core.config.Literal;

/**
 * A text corpus: two parallel files, {@code {source: a.txt, target: b.txt}}, or columns of a
 * tab-separated one, {@code {file: x.tsv, source: 0, target: 1}}, or keys of JSON objects, one a
 * line, {@code {file: x.jsonl, source: text, target: summary}}. Files may be packed: .gz, .bz2,
 * .xz, .zst.
 */
public record CorpusConfig(
    @Key(
            doc =
                "A file of tab-separated columns, or of JSON objects if it is called .jsonl; absent"
                    + " if source and target are files themselves.")
        Optional<Path> file,
    @Key(
            doc =
                "The source side: a file with one sequence a line, or with file a column (from 0)"
                    + " or a key, or a list of these, which are joined by a space.")
        List<Literal> source,
    @Key(
            doc =
                "The target side: a file with one sequence a line, or with file a column (from 0)"
                    + " or a key.")
        Literal target,
    @Key(
            doc =
                "Whether further references follow the first: in the columns after target, or in a"
                    + " target file after a tab, or in a list in JSON. For dev and test.",
            defaultValue = "false")
        boolean alternatives,
    @Key(
            doc =
                "Which symbols of source and target belong together, as '0-0 1-2', counted from 0 as"
                    + " the tokenizers cut them (the format of fast_align): a file, or with file a"
                    + " column or a key. For train, see training.guided_alignment.")
        Optional<Literal> alignment,
    @Key(
            doc =
                "How often an epoch goes through it; of 0.5, half of it, another half each time. For"
                    + " train.",
            defaultValue = "1",
            min = 0.001,
            max = 1000)
        double weight) {
  private static final Pattern COLUMN = Pattern.compile("\\d{1,6}");
  private static final Pattern JSON_LINES =
      Pattern.compile(".*\\.(?:jsonl|ndjson)(?:\\.(?:gz|bz2|xz|zst))?", Pattern.CASE_INSENSITIVE);

  /** Checks that source and target are columns if there is a file, and files if there is none. */
  public CorpusConfig {
    source = List.copyOf(source);
    if (source.isEmpty()) {
      throw new IllegalArgumentException("source: expected a file or a column, got an empty list");
    }
    if (!isJson(file)) {
      for (Literal side : source) {
        check("source", side.text(), file.isPresent());
      }
      check("target", target.text(), file.isPresent());
      alignment.ifPresent(it -> check("alignment", it.text(), file.isPresent()));
    }
    if (file.isEmpty() && source.size() > 1) {
      throw new IllegalArgumentException(
          "source: expected one file, got %d; only columns of a tab-separated file can be joined"
              .formatted(source.size()));
    }
  }

  private static boolean isJson(Optional<Path> file) {
    return file.isPresent() && JSON_LINES.matcher(file.get().toString()).matches();
  }

  /** Whether its lines are JSON objects. */
  boolean isJson() {
    return isJson(file);
  }

  /** Of weight 1. */
  public CorpusConfig(
      Optional<Path> file, List<Literal> source, Literal target, boolean alternatives) {
    this(file, source, target, alternatives, Optional.empty(), 1);
  }

  private static void check(String key, String text, boolean inColumns) {
    boolean column = COLUMN.matcher(text).matches();
    if (inColumns && !column) {
      throw new IllegalArgumentException(
          ("%s: expected a column number (from 0) because file is given, got '%s';"
                  + " for two parallel files leave out file")
              .formatted(key, text));
    }
    if (!inColumns && column) {
      throw new IllegalArgumentException(
          ("%s: column %s of which file? Add file: NAME.tsv;"
                  + " if it is the name of a file itself, write ./%s")
              .formatted(key, text, text));
    }
    if (!inColumns && text.isBlank()) {
      throw new IllegalArgumentException(key + ": expected the name of a file, got nothing");
    }
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
    return new CorpusConfig(file, source, target, true, alignment, weight);
  }

  /** The same corpus, gone through once. */
  CorpusConfig unweighted() {
    return new CorpusConfig(file, source, target, alternatives, alignment, 1);
  }

  /** The same corpus, named so that the folder does not matter any more. */
  public CorpusConfig absolute(Path directory) {
    return file.isPresent()
        ? new CorpusConfig(
            file.map(path -> absolute(path, directory)),
            source,
            target,
            alternatives,
            alignment,
            weight)
        : new CorpusConfig(
            file,
            List.of(literal(absolute(sourceFile(), directory))),
            literal(absolute(targetFile(), directory)),
            alternatives,
            alignmentFile().map(path -> literal(absolute(path, directory))),
            weight);
  }

  private static Path absolute(Path path, Path directory) {
    return directory.resolve(path).toAbsolutePath().normalize();
  }

  private static Literal literal(Path path) {
    return new Literal(path.toString());
  }

  /** The source's file, if the sides are files. */
  Path sourceFile() {
    return Path.of(source.get(0).text());
  }

  /** The target's file, if the sides are files. */
  Path targetFile() {
    return Path.of(target.text());
  }

  /** The alignments' file, if the sides are files. */
  Optional<Path> alignmentFile() {
    return alignment.map(it -> Path.of(it.text()));
  }

  /** The source's columns, if the sides are columns. */
  List<Integer> sourceColumns() {
    return source.stream().map(column -> Integer.valueOf(column.text())).toList();
  }

  /** The target's column, if the sides are columns. */
  int targetColumn() {
    return Integer.parseInt(target.text());
  }

  /** The alignments' column, if the sides are columns. */
  Optional<Integer> alignmentColumn() {
    return alignment.map(it -> Integer.valueOf(it.text()));
  }
}
