package org.seq4j.runtime.search;

import org.seq4j.core.plugin.Key;

/** Terms of the rank of hypotheses, in addition to log-probabilities. */
public record RankingConfig(
    @Key(
            doc =
                "The score that ranks hypotheses of different lengths; length_penalty is"
                    + " alpha, and the length includes the end token. gnmt: log-probability / ((5"
                    + " + length) / 6)^alpha (Wu et al. 2016, eq. 14); power: log-probability /"
                    + " length^alpha; average: log-probability / length, independent of alpha.",
            defaultValue = "gnmt")
        SearchConfig.LengthNormalization lengthNormalization,
    @Key(
            doc =
                "Alpha, see length_normalization. 0: rank by log-probability alone; larger"
                    + " values favour longer hypotheses; 0.6 to 1 is usual.",
            defaultValue = "0",
            min = 0)
        double lengthPenalty,
    @Key(
            doc =
                "A summand of the rank for each token, including the end token; a negative"
                    + " one favours short hypotheses.",
            defaultValue = "0")
        double wordReward,
    @Key(
            doc =
                "Beta of Wu et al. 2016, eq. 14: the penalty for source positions without"
                    + " attention. Needs a model with attention.",
            defaultValue = "0",
            min = 0)
        double coveragePenalty) {

  /** Checks the keys without bounds. */
  public RankingConfig {
    if (!Double.isFinite(wordReward)) {
      throw new IllegalArgumentException("word_reward: expected a number, got " + wordReward);
    }
  }
}
