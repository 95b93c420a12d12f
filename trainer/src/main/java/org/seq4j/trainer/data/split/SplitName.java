package org.seq4j.trainer.data.split;

/** A part of the data, by its purpose. */
public enum SplitName {
  /** What the weights are fitted to. */
  TRAIN,
  /** What decides when to stop and which weights are best. */
  DEV,
  /** What nothing was decided on. */
  TEST
}
