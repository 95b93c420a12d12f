package org.seq4j.runtime.model.batch;

import java.util.Optional;

/**
 * The kind and size of the positions of a sequence: tokens of a vocabulary, or vectors.
 *
 * @param tokens size of the vocabulary, including special tokens; 0 for vectors
 * @param depth size of a vector; 0 for tokens
 * @param columns the columns of a text, if it has several that the tokens show
 */
public record SequenceSpace(int tokens, int depth, Optional<Columns> columns) {

  /** The source of a language model: a single token, which no model reads. */
  public static final SequenceSpace NONE = ofTokens(1);

  /**
   * The columns of a text.
   *
   * @param count number of columns
   * @param mark id of the token between two columns
   * @param aligned true if a valid text has as many tokens in each column as in the first, or one
   */
  public record Columns(int count, int mark, boolean aligned) {}

  /** Checks that exactly one of the sizes is positive. */
  public SequenceSpace {
    if (tokens < 0 || depth < 0 || (tokens == 0) == (depth == 0)) {
      throw new IllegalArgumentException(
          "either tokens or vectors, not " + tokens + " tokens and vectors of " + depth);
    }
  }

  /** Creates a space of tokens. */
  public static SequenceSpace ofTokens(int count) {
    return new SequenceSpace(count, 0, Optional.empty());
  }

  /** Creates a space of vectors. */
  public static SequenceSpace ofVectors(int depth) {
    return new SequenceSpace(0, depth, Optional.empty());
  }

  /** Returns a copy with columns. */
  public SequenceSpace withColumns(Columns given) {
    return new SequenceSpace(tokens, depth, Optional.of(given));
  }

  /** Returns true if there is no source; every vocabulary has more tokens. */
  public boolean isAbsent() {
    return equals(NONE);
  }

  /** Returns true if the positions are vectors. */
  public boolean isVectors() {
    return depth > 0;
  }
}
