package org.seq4j.rnn;

import org.seq4j.core.config.Key;
import org.seq4j.core.layers.Positions;

/** The keys of the encoder {@code convolutional}. */
public record ConvolutionalEncoderConfig(
    @Key(doc = "The depth of each layer, and of the memory.", min = 1, example = "256") int units,
    @Key(doc = "How many layers stand one above the other.", defaultValue = "4", min = 1)
        int layers,
    @Key(doc = "How many positions a convolution sees, an odd number.", defaultValue = "3", min = 1)
        int width,
    @Key(
            doc = "How many positions have a vector of their own; those beyond share the last.",
            defaultValue = "512",
            min = 1)
        int positions,
    @Key(
            doc = "The share of each layer's input that is set to zero in training.",
            defaultValue = "0.0",
            min = 0,
            max = 0.99)
        float dropout) {

  /** Checks that a convolution has a middle. */
  public ConvolutionalEncoderConfig {
    Positions.checkWidth(width);
  }
}
