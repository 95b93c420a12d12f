package org.seq4j.runtime.search;

import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.config.ConfigRecords;

/** The distribution that sampling draws from. */
public record SamplingConfig(
    @Key(
            doc =
                "Log-probabilities are divided by it before the draw: below 1 the likely tokens"
                    + " become more likely, above 1 less.",
            defaultValue = "1",
            min = 0.001,
            max = 1000)
        double temperature,
    @Key(
            doc = "Draws from so many of the most likely tokens alone (Fan et al. 2018). 0: all.",
            defaultValue = "0",
            min = 0)
        int topK,
    @Key(
            doc =
                "Draws from the fewest most likely tokens that have this probability together"
                    + " (Holtzman et al. 2020). 1: all.",
            defaultValue = "1",
            min = 0.000001,
            max = 1)
        double topP,
    @Key(doc = "What the draws follow from: the same seed, the same draws.", defaultValue = "1")
        long seed) {

  private static final SamplingConfig DEFAULT = ConfigRecords.defaults(SamplingConfig.class);

  /** Checks the bounds. */
  public SamplingConfig {
    if (!(temperature > 0) || topK < 0 || !(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException(
          "expected temperature above 0, top_k of at least 0, top_p above 0 and up to 1; got %s, %d, %s"
              .formatted(temperature, topK, topP));
    }
  }

  /** By the model's own probabilities. */
  public static SamplingConfig plain(long seed) {
    return new SamplingConfig(DEFAULT.temperature, DEFAULT.topK, DEFAULT.topP, seed);
  }
}
