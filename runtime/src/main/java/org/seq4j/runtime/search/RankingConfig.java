package org.seq4j.runtime.search;

import org.seq4j.core.plugin.Key;

/** Terms that rank hypotheses beside their log-probabilities. */
public record RankingConfig(
    @Key(
            doc =
                "What hypotheses of different lengths are ranked by, with length_penalty as alpha"
                    + " and the end counted: gnmt: log-probability / ((5 + length) / 6)^alpha (Wu et"
                    + " al. 2016, eq. 14); power: log-probability / length^alpha; average:"
                    + " log-probability / length, whatever alpha is.",
            defaultValue = "gnmt")
        SearchConfig.LengthNormalization lengthNormalization,
    @Key(
            doc =
                "See length_normalization. 0 ranks by log-probability alone; larger values favour"
                    + " longer hypotheses, 0.6 to 1 are usual.",
            defaultValue = "0",
            min = 0)
        double lengthPenalty,
    @Key(
            doc = "Added to the rank for each token, the end counted; below 0 favours short ones.",
            defaultValue = "0")
        double wordReward,
    @Key(
            doc =
                "Beta of Wu et al. 2016, eq. 14: how much hypotheses lose that leave parts of the"
                    + " source without attention. Needs a model with attention.",
            defaultValue = "0",
            min = 0)
        double coveragePenalty) {

  /** Checks what an unbounded number may be. */
  public RankingConfig {
    if (!Double.isFinite(wordReward)) {
      throw new IllegalArgumentException("word_reward: expected a number, got " + wordReward);
    }
  }
}
