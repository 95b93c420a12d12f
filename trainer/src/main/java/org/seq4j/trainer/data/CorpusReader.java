package org.seq4j.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads all examples of a corpus. */
final class CorpusReader {
  private final LineChecks checks;

  CorpusReader(LineChecks checks) {
    this.checks = checks;
  }

  /**
   * All examples, in the order of the file.
   *
   * @throws DataException if something is wrong in a file
   */
  List<Example> read(CorpusConfig corpus, Path directory) {
    return read(corpus, directory, DataConfig.OnError.STOP, new LeftOut());
  }

  /** The same; lines that are skipped are counted. */
  List<Example> read(
      CorpusConfig corpus, Path directory, DataConfig.OnError onError, LeftOut leftOut) {
    List<Example> examples = new ArrayList<>();
    try (CorpusStream stream = CorpusStream.open(corpus, directory, checks)) {
      Optional<Example> next = next(stream, onError, leftOut);
      while (next.isPresent()) {
        examples.add(next.get());
        next = next(stream, onError, leftOut);
      }
    }
    return examples;
  }

  /** The next example that is what it should be. */
  static Optional<Example> next(CorpusStream stream, DataConfig.OnError onError, LeftOut leftOut) {
    while (true) {
      try {
        return stream.next();
      } catch (BrokenCorpusException e) {
        throw e;
      } catch (DataException e) {
        if (onError == DataConfig.OnError.STOP || e.getCause() != null) { // of the disk
          throw e;
        }
        leftOut.add(LeftOut.Reason.MALFORMED);
      }
    }
  }
}
