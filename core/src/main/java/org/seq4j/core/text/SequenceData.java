package org.seq4j.core.text;

/** A sequence as the input or output of a model. Its arrays must not be modified. */
public sealed interface SequenceData permits TokenIds, FeatureSequence {

  /** The number of positions. */
  int length();

  /** Returns the first {@code maxLength} positions, or all if there are fewer. */
  SequenceData truncate(int maxLength);
}
