package org.seq4j.trainer.metric;

import org.seq4j.core.config.Key;

/** The keys of {@code rouge-1}, {@code rouge-2} and {@code rouge-l}. */
public record RougeConfig(
    @Key(
            doc = "Whether words of more than three letters are reduced to their stems: English.",
            defaultValue = "false")
        boolean stem,
    @Key(doc = "What is given: fmeasure, precision or recall.", defaultValue = "fmeasure")
        Figure figure) {

  /** What is given. */
  public enum Figure {
    /** The harmonic mean of precision and recall. */
    FMEASURE,
    /** Over the hypothesis. */
    PRECISION,
    /** Over the reference. */
    RECALL
  }
}
