package org.seq4j.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads the examples of a corpus. */
final class CorpusReader {
  private final Consumer<String> sourceSide;
  private final Consumer<String> targetSide;

  /**
   * Of sides that are checked line by line.
   *
   * @param sourceSide throws an IllegalArgumentException if a line cannot be a source
   * @param targetSide likewise for a target
   */
  CorpusReader(Consumer<String> sourceSide, Consumer<String> targetSide) {
    this.sourceSide = sourceSide;
    this.targetSide = targetSide;
  }

  private static void check(Consumer<String> side, String line, LineSource lines) {
    try {
      side.accept(line);
    } catch (IllegalArgumentException e) {
      throw lines.problem(e.getMessage());
    }
  }

  /**
   * All examples, in the order of the file.
   *
   * @throws DataException if something is wrong in a file
   */
  List<Example> read(CorpusConfig corpus, Path directory) {
    return corpus.file().isPresent()
        ? readColumns(corpus, directory.resolve(corpus.file().get()))
        : readParallel(
            directory.resolve(corpus.sourceFile()),
            directory.resolve(corpus.targetFile()),
            corpus.alternatives());
  }

  private List<Example> readParallel(Path sourceFile, Path targetFile, boolean alternatives) {
    List<Example> examples = new ArrayList<>();
    try (LineSource sources = LineSource.open(sourceFile);
        LineSource targets = LineSource.open(targetFile)) {
      Optional<String> source = sources.next();
      Optional<String> target = targets.next();
      while (source.isPresent() && target.isPresent()) {
        String line = target.get();
        check(sourceSide, source.get(), sources);
        check(targetSide, line, targets);
        examples.add(
            new Example(
                source.get(), alternatives ? references(line.split("\t", -1), 0) : List.of(line)));
        source = sources.next();
        target = targets.next();
      }
      sources.skipRest();
      targets.skipRest();
      if (sources.number() != targets.number()) {
        throw new DataException(
            "%s has %s, %s has %s: expected as many, line n of one belongs to line n of the other"
                .formatted(
                    sourceFile, lines(sources.number()), targetFile, lines(targets.number())));
      }
    }
    if (examples.isEmpty()) {
      throw empty(sourceFile);
    }
    return examples;
  }

  private static String lines(long count) {
    return count == 1 ? "1 line" : count + " lines";
  }

  private List<Example> readColumns(CorpusConfig corpus, Path file) {
    List<Integer> sources = corpus.sourceColumns();
    int target = corpus.targetColumn();
    int needed = 1 + Math.max(target, sources.stream().mapToInt(Integer::intValue).max().orElse(0));
    List<Example> examples = new ArrayList<>();
    try (Lines lines = new Lines(file)) {
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        String[] columns = line.get().split("\t", -1);
        if (columns.length < needed) {
          throw lines.problem(tooFew(columns.length, sources, target, needed));
        }
        String source =
            sources.stream().map(column -> columns[column]).collect(Collectors.joining(" "));
        check(sourceSide, source, lines);
        check(targetSide, columns[target], lines);
        examples.add(
            new Example(
                source,
                corpus.alternatives() ? references(columns, target) : List.of(columns[target])));
      }
    }
    if (examples.isEmpty()) {
      throw empty(file);
    }
    return examples;
  }

  private static String tooFew(int found, List<Integer> sources, int target, int needed) {
    String named = sources.stream().map(String::valueOf).collect(Collectors.joining(" and "));
    return "expected at least %d columns with a tab between them, found %d".formatted(needed, found)
        + " (source is column %s, target is column %d, counted from 0)".formatted(named, target);
  }

  /** The first column even if it is empty; of the others those that are not. */
  private static List<String> references(String[] columns, int first) {
    List<String> references = new ArrayList<>();
    references.add(columns[first]);
    for (int i = first + 1; i < columns.length; i++) {
      if (!columns[i].isEmpty()) {
        references.add(columns[i]);
      }
    }
    return references;
  }

  private static DataException empty(Path file) {
    return new DataException(file + " is empty: expected at least one line");
  }
}
