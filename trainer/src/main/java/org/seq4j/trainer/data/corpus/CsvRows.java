package org.seq4j.trainer.data.corpus;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusException;

/** The rows of a CSV file. A row with line breaks in quoted fields is joined by LF. */
final class CsvRows implements LineSource {
  private static final int MAX_LENGTH = 1_000_000; // characters, so that memory is bounded

  private final Path file;
  private final Lines lines;
  private final CsvSyntax syntax;
  private long number;

  CsvRows(Path file, CsvSyntax syntax) {
    this.file = file;
    this.lines = new Lines(file);
    this.syntax = syntax;
  }

  @Override
  public Optional<String> next() {
    number = lines.number() + 1;
    Optional<String> first = lines.next();
    if (first.isEmpty()) {
      number = lines.number();
      return first;
    }
    boolean open = syntax.isOpenAfter(first.get(), false);
    if (!open) {
      return first;
    }
    StringBuilder row = new StringBuilder(first.get());
    while (open) {
      Optional<String> line = continuation();
      if (line.isEmpty() || row.length() > MAX_LENGTH) {
        throw notClosed(line.isEmpty());
      }
      row.append('\n').append(line.get());
      open = syntax.isOpenAfter(line.get(), true);
    }
    return Optional.of(row.toString());
  }

  /** Returns the next line of a row. Nobody knows where the row ends if this line is invalid. */
  private Optional<String> continuation() {
    try {
      return lines.next();
    } catch (BadExampleException e) {
      throw new CorpusException(e.getMessage(), e);
    }
  }

  private CorpusException notClosed(boolean ended) {
    return new CorpusException(
        String.format(
            Locale.ROOT,
            "%s, line %d: a quoted column begins here and is not closed %s;"
                + " a text that begins with a quote needs quotes around it, and its own doubled",
            file,
            number,
            ended ? "before the end of the file" : "within " + MAX_LENGTH + " characters"));
  }

  @Override
  public long number() {
    return number;
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
