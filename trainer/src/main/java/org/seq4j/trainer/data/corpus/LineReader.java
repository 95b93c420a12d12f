package org.seq4j.trainer.data.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.seq4j.core.data.Alignment;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;

/** A reader of a file with one example per line. */
final class LineReader implements ExampleReader {
  private final Path file;
  private final Lines lines;
  private final Parser parser;

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

  LineReader(Path file, Parser parser) {
    this.file = file;
    this.lines = new Lines(file);
    this.parser = parser;
  }

  @Override
  public Optional<Example> next() {
    Optional<String> line = lines.next();
    if (line.isEmpty()) {
      if (lines.number() == 0) {
        throw empty(file);
      }
      return Optional.empty();
    }
    return Optional.of(parser.parse(line.get(), this::location));
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
    return lines.place();
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
