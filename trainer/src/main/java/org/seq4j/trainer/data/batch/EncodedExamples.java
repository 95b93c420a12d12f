package org.seq4j.trainer.data.batch;

import java.util.List;
import org.seq4j.trainer.data.corpus.SkippedExamples;

/**
 * Encoded examples, and how many were left out.
 *
 * @param pairs the examples that are left
 * @param leftOut the others
 */
public record EncodedExamples(List<EncodedPair> pairs, SkippedExamples leftOut) {

  /** Makes the list unchangeable. */
  public EncodedExamples {
    pairs = List.copyOf(pairs);
  }

  /** Of which none was left out. */
  public static EncodedExamples all(List<EncodedPair> pairs) {
    return new EncodedExamples(pairs, new SkippedExamples());
  }
}
