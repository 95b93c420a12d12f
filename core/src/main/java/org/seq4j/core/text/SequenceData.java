package org.seq4j.core.text;

/** A sequence as a model reads or writes it. Not to be changed. */
public sealed interface SequenceData permits TokenIds, FeatureSequence {

  /** How many positions it has. */
  int length();

  /** Its first positions, at most so many. */
  SequenceData cut(int most);
}
