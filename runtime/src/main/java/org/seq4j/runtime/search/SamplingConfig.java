package org.seq4j.runtime.search;

import java.util.Locale;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.config.ConfigRecords;

/** The distribution that sampling draws from. */
public record SamplingConfig(
    @Key(
            doc =
                "Log-probabilities are divided by the temperature before sampling: below 1"
                    + " likely tokens become more likely, above 1 less likely.",
            defaultValue = "1",
            min = 0.001,
            max = 1000)
        double temperature,
    @Key(
            doc = "Sample only from the k most likely tokens (Fan et al. 2018). 0: all.",
            defaultValue = "0",
            min = 0)
        int topK,
    @Key(
            doc =
                "Sample only from the smallest set of most likely tokens whose total"
                    + " probability reaches p (Holtzman et al. 2020). 1: all.",
            defaultValue = "1",
            min = 0.000001,
            max = 1)
        double topP,
    @Key(doc = "The random seed; equal seeds give equal samples.", defaultValue = "1") long seed) {

  private static final SamplingConfig DEFAULT = ConfigRecords.defaults(SamplingConfig.class);

  /** Checks the bounds. */
  public SamplingConfig {
    if (!(temperature > 0) || topK < 0 || !(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected temperature > 0, top_k >= 0 and 0 < top_p <= 1; got %s, %d, %s",
              temperature,
              topK,
              topP));
    }
  }

  /** Samples from the model's own distribution. */
  public static SamplingConfig plain(long seed) {
    return new SamplingConfig(DEFAULT.temperature, DEFAULT.topK, DEFAULT.topP, seed);
  }
}
