package org.seq4j.trainer.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seq4j.core.config.Literal;

/** The examples of a corpus, one by one, in the order of its file. */
abstract class CorpusStream implements AutoCloseable {

  /**
   * The next example; empty at the end. A DataException is about one line: the next may be read.
   */
  abstract Optional<Example> next();

  /** How much of it has been read, 0 to 1. */
  abstract double progress();

  @Override
  public abstract void close();

  /**
   * Opens a corpus.
   *
   * @throws DataException if a file cannot be read
   */
  static CorpusStream open(CorpusConfig corpus, Path directory, LineChecks checks) {
    if (corpus.file().isEmpty()) {
      return new Parallel(corpus, directory, checks);
    }
    Path file = directory.resolve(corpus.file().get());
    return corpus.isJson() ? new Json(corpus, file, checks) : new Columns(corpus, file, checks);
  }

  private static DataException empty(Path file) {
    return new BrokenCorpusException(file + " is empty: expected at least one line");
  }

  /** The first one even if it is empty; of the others those that are not. */
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

  /**
   * Reads an alignment.
   *
   * @throws DataException if it is none, with the line
   */
  private static Alignment alignment(String text, LineSource lines) {
    try {
      return Alignment.parse(text);
    } catch (IllegalArgumentException e) {
      throw lines.problem(e.getMessage());
    }
  }

  /** A file for each side, and perhaps one of their alignments. */
  private static final class Parallel extends CorpusStream {
    private final boolean alternatives;
    private final LineChecks checks;
    private final List<Path> files = new ArrayList<>();
    private final List<LineSource> sides = new ArrayList<>(); // source, target, alignment

    Parallel(CorpusConfig corpus, Path directory, LineChecks checks) {
      this.alternatives = corpus.alternatives();
      this.checks = checks;
      files.add(directory.resolve(corpus.sourceFile()));
      files.add(directory.resolve(corpus.targetFile()));
      corpus.alignmentFile().ifPresent(file -> files.add(directory.resolve(file)));
      boolean open = false;
      try {
        for (Path file : files) {
          sides.add(LineSource.open(file));
        }
        open = true;
      } finally {
        if (!open) {
          close();
        }
      }
    }

    @Override
    Optional<Example> next() {
      Optional<DataException> problem = Optional.empty();
      List<Optional<String>> line = new ArrayList<>();
      for (LineSource side : sides) { // past a line that is wrong in one of them, in all of them
        try {
          line.add(side.next());
        } catch (BrokenCorpusException e) {
          throw e;
        } catch (DataException e) {
          problem = problem.or(() -> Optional.of(e));
        }
      }
      if (problem.isPresent()) {
        throw problem.get();
      }
      for (int i = 1; i < files.size(); i++) {
        if (line.get(i).isPresent() != line.get(0).isPresent()) {
          throw unequal(i);
        }
      }
      if (line.get(0).isEmpty()) {
        if (sides.get(0).number() == 0) {
          throw empty(files.get(0));
        }
        return Optional.empty();
      }
      return Optional.of(example(line.stream().map(Optional::orElseThrow).toList()));
    }

    private Example example(List<String> line) {
      String source = line.get(0);
      String target = line.get(1);
      checks.source(source, sides.get(0));
      checks.target(target, sides.get(1));
      return new Example(
          source,
          alternatives ? references(target.split("\t", -1), 0) : List.of(target),
          line.size() == 2 ? Optional.empty() : Optional.of(alignment(line.get(2), sides.get(2))));
    }

    private DataException unequal(int other) {
      sides.get(0).skipRest();
      sides.get(other).skipRest();
      return new BrokenCorpusException(
          "%s has %s, %s has %s: expected as many, line n of one belongs to line n of the other"
              .formatted(
                  files.get(0),
                  lines(sides.get(0).number()),
                  files.get(other),
                  lines(sides.get(other).number())));
    }

    private static String lines(long count) {
      return count == 1 ? "1 line" : count + " lines";
    }

    @Override
    double progress() {
      return sides.get(0).progress();
    }

    @Override
    public void close() {
      sides.forEach(LineSource::close);
    }
  }

  /** One file with both sides in each line. */
  private abstract static class Single extends CorpusStream {
    private final Path file;
    private final LineChecks checks;
    private final Lines lines;

    Single(Path file, LineChecks checks) {
      this.file = file;
      this.checks = checks;
      this.lines = new Lines(file);
    }

    abstract Example example(String line, Lines lines);

    @Override
    Optional<Example> next() {
      Optional<String> line = lines.next();
      if (line.isEmpty()) {
        if (lines.number() == 0) {
          throw empty(file);
        }
        return Optional.empty();
      }
      Example example = example(line.get(), lines);
      checks.source(example.source(), lines);
      checks.target(example.target(), lines);
      return Optional.of(example);
    }

    @Override
    double progress() {
      return lines.progress();
    }

    @Override
    public void close() {
      lines.close();
    }
  }

  /** Columns with tabs between them. */
  private static final class Columns extends Single {
    private final CorpusConfig corpus;
    private final List<Integer> sources;
    private final int target;
    private final int needed;

    Columns(CorpusConfig corpus, Path file, LineChecks checks) {
      super(file, checks);
      this.corpus = corpus;
      this.sources = corpus.sourceColumns();
      this.target = corpus.targetColumn();
      int last = Math.max(target, sources.stream().mapToInt(Integer::intValue).max().orElse(0));
      this.needed = 1 + Math.max(last, corpus.alignmentColumn().orElse(0));
    }

    @Override
    Example example(String line, Lines lines) {
      String[] columns = line.split("\t", -1);
      if (columns.length < needed) {
        throw lines.problem(tooFew(columns.length));
      }
      String source =
          sources.stream().map(column -> columns[column]).collect(Collectors.joining(" "));
      return new Example(
          source,
          corpus.alternatives() ? references(columns, target) : List.of(columns[target]),
          corpus.alignmentColumn().map(column -> alignment(columns[column], lines)));
    }

    private String tooFew(int found) {
      String named = sources.stream().map(String::valueOf).collect(Collectors.joining(" and "));
      return "expected at least %d columns with a tab between them, found %d"
              .formatted(needed, found)
          + " (source is column %s, target is column %d%s, counted from 0)"
              .formatted(
                  named,
                  target,
                  corpus.alignmentColumn().map(it -> ", alignment is column " + it).orElse(""));
    }
  }

  /** A JSON object in each line. */
  private static final class Json extends Single {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CorpusConfig corpus;

    Json(CorpusConfig corpus, Path file, LineChecks checks) {
      super(file, checks);
      this.corpus = corpus;
    }

    @Override
    Example example(String line, Lines lines) {
      JsonNode object = parse(line, lines);
      String source =
          corpus.source().stream()
              .map(Literal::text)
              .map(key -> texts(object, key, lines).get(0))
              .collect(Collectors.joining(" "));
      List<String> targets = texts(object, corpus.target().text(), lines);
      return new Example(
          source,
          corpus.alternatives() ? targets : targets.subList(0, 1),
          corpus.alignment().map(key -> alignment(texts(object, key.text(), lines).get(0), lines)));
    }

    private static JsonNode parse(String line, Lines lines) {
      try {
        JsonNode node = JSON.readTree(line);
        if (node.isObject()) {
          return node;
        }
        throw lines.problem("expected a JSON object, got '" + shortened(line) + "'");
      } catch (JsonProcessingException e) {
        long column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
        throw lines.problem(
            "column %d: expected a JSON object, got '%s'".formatted(column, shortened(line)));
      }
    }

    private static String shortened(String line) {
      return line.length() <= 60 ? line : line.substring(0, 60) + "...";
    }

    /** Of a text that one; of a list all in it. */
    private static List<String> texts(JsonNode object, String key, Lines lines) {
      JsonNode value = object.path(key);
      List<String> texts = new ArrayList<>();
      for (JsonNode item : value.isArray() ? value : List.of(value)) {
        if (item.isTextual()) {
          texts.add(item.asText().replace('\n', ' '));
        }
      }
      if (texts.isEmpty() || texts.size() < (value.isArray() ? value.size() : 1)) {
        throw lines.problem(
            "expected a text, or a list of texts, under the key '%s', got %s"
                .formatted(key, value.isMissingNode() ? "none" : value.toString()));
      }
      return texts;
    }
  }
}
