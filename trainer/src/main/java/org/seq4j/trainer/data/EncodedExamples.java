package org.seq4j.trainer.data;

import java.util.List;

/**
 * Encoded examples, and how many were left out.
 *
 * @param pairs the examples that are left
 * @param longSources examples whose source is over the limit
 * @param longTargets examples whose target is over the limit, and whose source is not
 * @param emptySources examples whose source has no symbols, and so nothing to read
 */
public record EncodedExamples(
    List<EncodedPair> pairs, int longSources, int longTargets, int emptySources) {

  /** Makes the list unchangeable. */
  public EncodedExamples {
    pairs = List.copyOf(pairs);
  }
}
