package org.seq4j.core.data;

import java.io.IOException;
import java.util.Optional;

/** Reads the examples of a corpus, one by one, from its beginning to its end. Not thread-safe. */
public interface ExampleReader extends AutoCloseable {

  /**
   * The next example; empty at the end, and each time after it.
   *
   * @throws BadExampleException if one example is not what it should be; the next call gives the
   *     one after it
   * @throws CorpusException if nothing more can be read
   * @throws IOException likewise, if a file cannot be read
   */
  Optional<Example> next() throws IOException;

  /**
   * Where the example is from that was read last, for messages: {@code "/data/x.tsv, line 3"}. If
   * its sides are from different places, where its source is from.
   */
  String place();

  /** Where the target is from that was read last. */
  default String targetPlace() {
    return place();
  }

  /**
   * The share of the corpus that has been read, 0 to 1, by which several corpora are mixed so that
   * all end together. A reader that does not know it says 0: its corpus is then read first.
   */
  default double progress() {
    return 0;
  }

  @Override
  void close() throws IOException;
}
