package org.seq4j.rnn;

import org.seq4j.core.config.Key;
import org.seq4j.core.layers.Positions;

/** The keys of the encoder {@code mean}. */
public record MeanEncoderConfig(
    @Key(
            doc =
                "How many neighbouring vectors are averaged at each position, an odd number (Gehring"
                    + " et al. 2016, k in section 3.1).",
            defaultValue = "5",
            min = 1)
        int width,
    @Key(
            doc = "How many positions have a vector of their own; those beyond share the last.",
            defaultValue = "512",
            min = 1)
        int positions) {

  /** Checks that a window has a middle. */
  public MeanEncoderConfig {
    Positions.checkWidth(width);
  }
}
