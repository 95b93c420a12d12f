package org.seq4j.rnn;

import org.seq4j.core.config.Key;

/** The keys of the cell {@code rnn}. */
public record ElmanConfig(
    @Key(doc = "The function of the sum: tanh, or relu.", defaultValue = "tanh")
        Activation activation) {

  /** The function of the sum. */
  public enum Activation {
    /** Between -1 and 1. */
    TANH,
    /** Not below 0. */
    RELU
  }
}
