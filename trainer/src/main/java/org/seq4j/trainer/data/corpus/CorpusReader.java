package org.seq4j.trainer.data.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.data.Example;

/** Opens and reads corpora. */
public final class CorpusReader {
  private final CorpusFormats formats;
  private final Sides sides;

  public CorpusReader(CorpusFormats formats, Sides sides) {
    this.formats = formats;
    this.sides = sides;
  }

  /** Opens a corpus. */
  public CorpusStream open(CorpusConfig corpus, Path directory) {
    return CorpusStream.open(corpus, directory, formats, sides);
  }

  /**
   * Reads all examples, in the order of the file.
   *
   * @throws DataException if a data file has an error
   */
  public List<Example> read(CorpusConfig corpus, Path directory) {
    List<Example> examples = new ArrayList<>();
    try (CorpusStream stream = open(corpus, directory)) {
      Optional<Example> next = stream.next();
      while (next.isPresent()) {
        examples.add(next.get());
        next = stream.next();
      }
    }
    return examples;
  }

  /** Returns true if an error is that of a whole corpus or of reading it, not of one example. */
  public static boolean isWhole(DataException e) {
    return e instanceof BrokenCorpusException || e.getCause() != null;
  }

  /** Returns the next valid example, and counts those that it skips. */
  public static Optional<Example> next(
      CorpusStream stream, OnError onError, SkippedExamples leftOut) {
    while (true) {
      try {
        return stream.next();
      } catch (DataException e) {
        if (onError == OnError.STOP || isWhole(e)) {
          throw e;
        }
        leftOut.add(SkippedExamples.Reason.MALFORMED);
      }
    }
  }
}
