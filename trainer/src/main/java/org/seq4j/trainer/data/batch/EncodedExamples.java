package org.seq4j.trainer.data.batch;

import java.util.List;
import org.seq4j.trainer.data.corpus.SkippedExamples;

/**
 * Encoded examples, and the number of skipped ones.
 *
 * @param pairs the encoded examples
 * @param leftOut the skipped examples, counted by reason
 */
public record EncodedExamples(List<EncodedPair> pairs, SkippedExamples leftOut) {

  /** Copies the list. */
  public EncodedExamples {
    pairs = List.copyOf(pairs);
  }

  /** Returns encoded examples of which none was skipped. */
  public static EncodedExamples all(List<EncodedPair> pairs) {
    return new EncodedExamples(pairs, new SkippedExamples());
  }
}
