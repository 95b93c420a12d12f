package org.seq4j.attention;

import java.util.Optional;
import org.seq4j.core.config.Key;
import org.seq4j.core.layers.Normalizer;

/** The keys of the attention {@code location-aware}. */
public record LocationAwareConfig(
    @Key(
            doc =
                "The size of the layer that compares query and key (Bahdanau et al. 2015, n' in"
                    + " appendix A.1.2); the depth of the memory unless given.",
            min = 1)
        Optional<Integer> units,
    @Key(
            doc =
                "How many filters read the weights before (Chorowski et al. 2015, k in section 2.2).",
            defaultValue = "10",
            min = 1)
        int filters,
    @Key(
            doc =
                "How many positions a filter reads, an odd number (Chorowski et al. 2015, r in section"
                    + " 2.2; 201 there, for speech).",
            defaultValue = "15",
            min = 1)
        int width,
    @Key(
            doc =
                "The factor of the scores; above 1 the weights get sharper (Chorowski et al. 2015, section"
                    + " 2.3).",
            defaultValue = "1.0",
            min = 0.001)
        float sharpening,
    @Key(
            doc =
                "How scores become weights: softmax, or sparsemax, which gives most positions exactly 0"
                    + " (Martins and Astudillo 2016).",
            defaultValue = "softmax")
        Normalizer normalizer) {

  /** Checks that a filter has a middle. */
  public LocationAwareConfig {
    if (width % 2 == 0) {
      throw new IllegalArgumentException(
          "width: expected an odd number, so that a filter has a middle, got " + width);
    }
  }
}
