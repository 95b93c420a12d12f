package org.seq4j.trainer.metric;

import java.util.Locale;
import org.seq4j.core.metric.Metric.Score;

/** What the metrics have in common. */
final class Scores {
  private Scores() {}

  /** A share, printed as a percentage with two decimals. */
  static Score share(double value) {
    return new Score(value, String.format(Locale.ROOT, "%.2f %%", 100 * value));
  }

  /** Points of 100, or of whatever a metric counts in, printed with two decimals. */
  static Score points(double value) {
    return new Score(value, String.format(Locale.ROOT, "%.2f", value));
  }
}
