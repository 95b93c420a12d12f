package org.seq4j.trainer.data.split;

/** A split of the data, by its purpose. */
public enum SplitName {
  /** The data that weights are trained on. */
  TRAIN,
  /** The validation data, which decide when to stop and which weights are best. */
  DEV,
  /** The data for the final evaluation; no decision depends on them. */
  TEST
}
