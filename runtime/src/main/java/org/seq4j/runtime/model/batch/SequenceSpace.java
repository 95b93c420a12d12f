package org.seq4j.runtime.model.batch;

/**
 * The kind of the positions of a sequence: tokens of a vocabulary, or vectors.
 *
 * @param tokens the size of the vocabulary, special tokens included; 0 for vectors
 * @param depth the size of a vector; 0 for tokens
 */
public record SequenceSpace(int tokens, int depth) {

  /** Checks that it is one of the two. */
  public SequenceSpace {
    if (tokens < 0 || depth < 0 || (tokens == 0) == (depth == 0)) {
      throw new IllegalArgumentException(
          "either tokens or vectors, not " + tokens + " tokens and vectors of " + depth);
    }
  }

  /** Tokens of a vocabulary of that size. */
  public static SequenceSpace ofTokens(int count) {
    return new SequenceSpace(count, 0);
  }

  /** Vectors of that size. */
  public static SequenceSpace ofVectors(int depth) {
    return new SequenceSpace(0, depth);
  }

  /** Whether its positions are vectors. */
  public boolean isVectors() {
    return depth > 0;
  }
}
