package org.seq4j.trainer.data.corpus;

import java.util.Optional;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusException;

/** The texts of a file that examples are parsed from: its lines, or the rows of a CSV file. */
interface LineSource extends AutoCloseable {

  /**
   * Returns the next text; empty at the end of the file.
   *
   * @throws BadExampleException if this text is invalid; reading may continue with the next one
   * @throws CorpusException if the file cannot be read
   */
  Optional<String> next();

  /** Returns the number of the line that the last text begins on, from 1; 0 before the first. */
  long number();

  /** Returns the share of the file that has been read, 0 to 1. */
  double progress();

  @Override
  void close();
}
