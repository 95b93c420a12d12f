package org.seq4j.runtime.search;

import org.seq4j.core.plugin.Key;

/** The share of CTC in the scores of a search. */
public record CtcConfig(
    @Key(
            doc =
                "The weight of the CTC scores of a model that was trained with the objective ctc; the"
                    + " weight of its decoder is then 1 minus this (Watanabe et al. 2017). 0: the decoder"
                    + " alone; 0.3 is usual; 1: CTC alone.",
            defaultValue = "0",
            min = 0,
            max = 1)
        double weight) {

  /** Returns true if CTC scores are needed. */
  public boolean isUsed() {
    return weight > 0;
  }

  /** Returns true if the decoder is not needed. */
  public boolean isAlone() {
    return weight == 1;
  }
}
