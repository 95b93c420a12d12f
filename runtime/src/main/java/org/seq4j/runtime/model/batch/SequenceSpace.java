package org.seq4j.runtime.model.batch;

/**
 * The kind and size of the positions of a sequence: tokens of a vocabulary, or vectors.
 *
 * @param tokens size of the vocabulary, including special tokens; 0 for vectors
 * @param depth size of a vector; 0 for tokens
 */
public record SequenceSpace(int tokens, int depth) {

  /** Checks that exactly one of the sizes is positive. */
  public SequenceSpace {
    if (tokens < 0 || depth < 0 || (tokens == 0) == (depth == 0)) {
      throw new IllegalArgumentException(
          "either tokens or vectors, not " + tokens + " tokens and vectors of " + depth);
    }
  }

  /** Creates a space of tokens. */
  public static SequenceSpace ofTokens(int count) {
    return new SequenceSpace(count, 0);
  }

  /** Creates a space of vectors. */
  public static SequenceSpace ofVectors(int depth) {
    return new SequenceSpace(0, depth);
  }

  /** Returns true if the positions are vectors. */
  public boolean isVectors() {
    return depth > 0;
  }
}
