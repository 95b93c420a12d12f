package org.seq4j.rnn;

import java.util.Optional;
import org.seq4j.core.config.Key;
import org.seq4j.core.model.Cell;
import org.seq4j.core.plugin.Component;

/** The keys of the encoder {@code rnn}. */
public record RnnEncoderConfig(
    @Key(doc = "The cell of every layer.", defaultValue = "{type: lstm}") Component<Cell> cell,
    @Key(doc = "The size of each layer's state, in each direction.", min = 1, example = "256")
        int units,
    @Key(doc = "How many layers stand one above the other.", defaultValue = "1", min = 1)
        int layers,
    @Key(
            doc =
                "Whether layers also read from the end to the start (Bahdanau et al. 2015, section"
                    + " 3.2).",
            defaultValue = "false")
        boolean bidirectional,
    @Key(
            doc =
                "How many layers read in both directions, from the lowest up: 1 as in Wu et al. 2016,"
                    + " section 3.2. Needs bidirectional: true, and is all layers unless given.",
            min = 1)
        Optional<Integer> bidirectionalLayers,
    @Key(
            doc =
                "How what two directions find becomes one: concat (side by side, 2 * units deep) or"
                    + " sum.",
            defaultValue = "concat")
        Merge merge,
    @Key(
            doc =
                "The share of each layer's input that is set to zero in training, the embedded"
                    + " source included (Zaremba et al. 2014).",
            defaultValue = "0.0",
            min = 0,
            max = 0.99)
        float dropout,
    @Key(
            doc = "The share of the last layer's output that is set to zero in training.",
            defaultValue = "0.0",
            min = 0,
            max = 0.99)
        float outputDropout,
    @Key(
            doc =
                "The share of each layer's units that its products with the step before do not see"
                    + " in training, the same ones at all steps (Gal and Ghahramani 2016). Cells"
                    + " without such products, as min-gru, have none of it.",
            defaultValue = "0.0",
            min = 0,
            max = 0.99)
        float recurrentDropout,
    @Key(
            doc =
                "Whether the input of each layer from the second on is added to its output (Wu et"
                    + " al. 2016, section 3.1), where both are of one size.",
            defaultValue = "false")
        boolean residual) {

  /** Checks the rules across keys. */
  public RnnEncoderConfig {
    if (bidirectionalLayers.isPresent() && !bidirectional) {
      throw new IllegalArgumentException(
          "bidirectional_layers needs bidirectional: true: add that, or leave bidirectional_layers"
              + " out");
    }
    if (bidirectionalLayers.orElse(1) > layers) {
      throw new IllegalArgumentException(
          "bidirectional_layers: expected at most as many as there are layers, "
              + layers
              + ", got "
              + bidirectionalLayers.get());
    }
  }

  /** How many layers, from the lowest up, read in both directions. */
  int layersOfBothDirections() {
    return bidirectional ? bidirectionalLayers.orElse(layers) : 0;
  }
}
