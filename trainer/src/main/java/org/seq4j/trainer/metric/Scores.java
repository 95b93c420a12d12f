package org.seq4j.trainer.metric;

import java.util.Locale;
import org.seq4j.core.metric.Metric.Score;

/** Factories of scores. */
final class Scores {
  private Scores() {}

  /** Creates a score of a share, printed as a percentage with two decimals. */
  static Score share(double value) {
    return new Score(value, String.format(Locale.ROOT, "%.2f %%", 100 * value));
  }

  /** Creates a score in points, for example of 100, printed with two decimals. */
  static Score points(double value) {
    return new Score(value, String.format(Locale.ROOT, "%.2f", value));
  }
}
