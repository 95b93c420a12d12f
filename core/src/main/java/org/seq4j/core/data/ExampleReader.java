package org.seq4j.core.data;

import java.io.IOException;
import java.util.Optional;

/** Reads the examples of a corpus one after another, in order. Not thread-safe. */
public interface ExampleReader extends AutoCloseable {

  /**
   * Reads the next example.
   *
   * @return empty at the end of the corpus, also if called again
   * @throws BadExampleException if this example is invalid; the next call reads the one after it
   * @throws CorpusException if no further example can be read
   * @throws IOException if a file cannot be read; no further example can be read then
   */
  Optional<Example> next() throws IOException;

  /**
   * The location of the last example, for messages: {@code "/data/x.tsv, line 3"}. If source and
   * target are in different files, the location of the source.
   */
  String location();

  /** The location of the last example's target. */
  default String targetLocation() {
    return location();
  }

  /**
   * The share of the corpus that has been read, 0 to 1. Several corpora are mixed by it so that all
   * end at the same time. A reader that cannot know it returns 0; its corpus is then read first.
   */
  default double progress() {
    return 0;
  }

  @Override
  void close() throws IOException;
}
