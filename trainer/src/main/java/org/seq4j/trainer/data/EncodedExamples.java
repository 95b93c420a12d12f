package org.seq4j.trainer.data;

import java.util.List;

/**
 * Encoded examples, and how many were left out.
 *
 * @param pairs the examples that are left
 * @param leftOut the others
 */
public record EncodedExamples(List<EncodedPair> pairs, LeftOut leftOut) {

  /** Makes the list unchangeable. */
  public EncodedExamples {
    pairs = List.copyOf(pairs);
  }

  /** Of which none was left out. */
  public static EncodedExamples all(List<EncodedPair> pairs) {
    return new EncodedExamples(pairs, new LeftOut());
  }
}
