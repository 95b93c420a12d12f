package org.seq4j.trainer.data;

import java.util.List;

/**
 * Encoded examples, and how many did not come through as they are.
 *
 * @param pairs the examples that are left
 * @param longSources examples whose source is over the limit: left out of training, cut for
 *     evaluation
 * @param longTargets examples whose target is over the limit, and whose source is not: left out of
 *     training, whole in evaluation
 * @param emptySources examples whose source has no symbols, and so nothing to read: left out of
 *     training, kept for evaluation
 */
public record EncodedExamples(
    List<EncodedPair> pairs, int longSources, int longTargets, int emptySources) {

  /** Makes the list unchangeable. */
  public EncodedExamples {
    pairs = List.copyOf(pairs);
  }
}
