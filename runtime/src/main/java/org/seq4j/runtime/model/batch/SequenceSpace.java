package org.seq4j.runtime.model.batch;

/**
 * What the positions of a sequence are: symbols of a vocabulary, or vectors.
 *
 * @param symbols how many symbols there are, special ones included; 0 for vectors
 * @param depth how many numbers a vector has; 0 for symbols
 */
public record SequenceSpace(int symbols, int depth) {

  /** Checks that it is one of them. */
  public SequenceSpace {
    if (symbols < 0 || depth < 0 || (symbols == 0) == (depth == 0)) {
      throw new IllegalArgumentException(
          "either symbols or vectors, not " + symbols + " symbols and vectors of " + depth);
    }
  }

  /** Symbols of a vocabulary of that size. */
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
