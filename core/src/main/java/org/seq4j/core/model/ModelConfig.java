package org.seq4j.core.model;

import org.seq4j.core.config.Key;
import org.seq4j.core.plugin.Component;

/** What a model consists of. */
public record ModelConfig(
    @Key(doc = "The vectors that stand for symbols.", defaultValue = "{}")
        EmbeddingConfig embedding,
    @Key(doc = "Reads the source.") Component<Encoder> encoder,
    @Key(doc = "Produces the target.") Component<Decoder> decoder,
    @Key(doc = "Predicts the next symbol from the decoder's output.", defaultValue = "softmax")
        Component<OutputLayer> output) {

  /** The vectors that stand for symbols. */
  public record EmbeddingConfig(
      @Key(doc = "Of the source's symbols.", defaultValue = "{}") Side source,
      @Key(doc = "Of the target's symbols.", defaultValue = "{}") Side target,
      @Key(
              doc =
                  "What shares one matrix: none; output: the target's vectors and the output layer"
                      + " (Press and Wolf 2017); all: the source's vectors too, over one vocabulary"
                      + " for both sides.",
              defaultValue = "none")
          Tie tie) {

    /** Checks that what is shared has one size. */
    public EmbeddingConfig {
      if (tie == Tie.ALL && source.units() != target.units()) {
        throw new IllegalArgumentException(
            "tie: all needs source and target vectors of one size, but source.units is "
                + source.units()
                + " and target.units is "
                + target.units());
      }
    }
  }

  /** The vectors of one side. */
  public record Side(
      @Key(
              doc = "The size of the vectors.",
              defaultValue = "128",
              min = 1,
              max = 65536,
              shorthand = true)
          int units) {}

  /** What shares one matrix. */
  public enum Tie {
    /** Nothing. */
    NONE,
    /** The target's vectors and the output layer. */
    OUTPUT,
    /** The vectors of both sides and the output layer. */
    ALL
  }
}
