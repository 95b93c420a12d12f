package org.seq4j.trainer.data.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.data.Example;

/** Opens corpora, and reads all examples of one. */
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
   * All examples, in the order of the file.
   *
   * @throws DataException if something is wrong in a file
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

  /** The next example that is what it should be; those that are skipped are counted. */
  public static Optional<Example> next(
      CorpusStream stream, OnError onError, SkippedExamples leftOut) {
    while (true) {
      try {
        return stream.next();
      } catch (BrokenCorpusException e) {
        throw e;
      } catch (DataException e) {
        if (onError == OnError.STOP || e.getCause() != null) { // of the disk
          throw e;
        }
        leftOut.add(SkippedExamples.Reason.MALFORMED);
      }
    }
  }
}
