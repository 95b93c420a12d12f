package org.seq4j.trainer.data.corpus;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.seq4j.core.data.Alignment;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;

/** A reader of a file with one example per line. */
final class LineReader implements ExampleReader {
  private final Path file;
  private final LineSource lines;
  private final Parser parser;
  private final Deque<Read> ahead =
      new ArrayDeque<>(); // read to find out if only blank lines follow
  private long number;

  /** A line that is read: its text, or its problem; neither at the end of the file. */
  private record Read(long number, Optional<String> text, Optional<BadExampleException> problem) {

    boolean isBlank() {
      return text.filter(String::isEmpty).isPresent();
    }

    boolean isEnd() {
      return text.isEmpty() && problem.isEmpty();
    }
  }

  /** A parser of lines. */
  interface Parser {
    /**
     * Parses a line.
     *
     * @param place the location of the line, for messages
     * @throws BadExampleException if the line is not a valid example
     */
    Example parse(String line, Supplier<String> place);
  }

  private LineReader(Path file, LineSource lines, Parser parser) {
    this.file = file;
    this.lines = lines;
    this.parser = parser;
  }

  /** Opens a file whose lines have all the same form. */
  static LineReader open(Path file, Parser parser) {
    return new LineReader(file, new Lines(file), parser);
  }

  /**
   * Creates a reader of an open file, whose parser may depend on its first lines.
   *
   * @param lines the file, which is closed if the parser cannot be created
   * @param parser creates the parser, and may read lines that are no examples
   */
  static LineReader open(Path file, LineSource lines, Function<LineSource, Parser> parser) {
    boolean opened = false;
    try {
      LineReader reader = new LineReader(file, lines, parser.apply(lines));
      opened = true;
      return reader;
    } finally {
      if (!opened) {
        lines.close();
      }
    }
  }

  /** Reads the line with the names of columns. */
  static String header(Path file, LineSource lines) {
    return lines.next().orElseThrow(() -> empty(file));
  }

  /** Returns the next example. Empty lines at the end of the file are no examples. */
  @Override
  public Optional<Example> next() {
    Read line = ahead.isEmpty() ? read() : ahead.remove();
    number = line.number();
    if (line.problem().isPresent()) {
      throw line.problem().get();
    }
    if (line.isEnd()) {
      if (number == 0) {
        throw empty(file);
      }
      return Optional.empty();
    }
    try {
      return Optional.of(parser.parse(line.text().get(), this::location));
    } catch (BadExampleException e) {
      if (line.isBlank() && onlyBlankLinesFollow()) {
        ahead.clear();
        return Optional.empty();
      }
      throw e;
    }
  }

  private Read read() {
    try {
      Optional<String> text = lines.next();
      return new Read(lines.number(), text, Optional.empty());
    } catch (BadExampleException e) {
      return new Read(lines.number(), Optional.empty(), Optional.of(e));
    }
  }

  private boolean onlyBlankLinesFollow() {
    while (ahead.isEmpty() || ahead.getLast().isBlank()) {
      ahead.add(read());
    }
    return ahead.getLast().isEnd();
  }

  static CorpusException empty(Path file) {
    return new CorpusException(file + " is empty: expected at least one line");
  }

  /** Returns the first reference, even if empty, and all other references that are not empty. */
  static List<String> references(String[] columns, int first) {
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
   * Parses an alignment.
   *
   * @throws BadExampleException if the text is not a valid alignment
   */
  static Alignment alignment(String text, Supplier<String> place) {
    try {
      return Alignment.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadExampleException(place.get(), e.getMessage());
    }
  }

  @Override
  public String location() {
    return file + ", line " + number;
  }

  @Override
  public double progress() {
    return lines.progress();
  }

  @Override
  public void close() {
    lines.close();
  }
}
