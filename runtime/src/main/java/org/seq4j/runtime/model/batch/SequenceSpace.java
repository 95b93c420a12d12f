package org.seq4j.runtime.model.batch;

/**
 * The kind of the positions of a sequence: tokens of a vocabulary, or vectors.
 *
 * @param symbols the size of the vocabulary, special tokens included; 0 for vectors
 * @param depth the size of a vector; 0 for tokens
 */
public record SequenceSpace(int symbols, int depth) {

  /** Checks that it is one of the two. */
  public SequenceSpace {
    if (symbols < 0 || depth < 0 || (symbols == 0) == (depth == 0)) {
      throw new IllegalArgumentException(
          "either symbols or vectors, not " + symbols + " symbols and vectors of " + depth);
    }
  }

  /** Tokens of a vocabulary of that size. */
  public static SequenceSpace ofSymbols(int count) {
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
