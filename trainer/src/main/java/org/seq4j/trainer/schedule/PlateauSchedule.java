package org.seq4j.trainer.schedule;

import java.util.TreeSet;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.plugin.MovedKey;
import org.seq4j.core.training.LearningRateSchedule;

/** Decay whenever validation stops improving. */
public final class PlateauSchedule implements LearningRateSchedule {

  /** The keys of {@code plateau}. */
  @MovedKey(from = "least", to = "min")
  public record Config(
      @Key(doc = "Metric to watch: loss, or one of evaluation.metrics.", defaultValue = "loss")
          String metric,
      @Key(
              doc = "Factor by which the learning rate decays each time.",
              defaultValue = "0.5",
              min = 0,
              max = 1)
          double factor,
      @Key(
              doc = "Number of consecutive validations without a new best before each decay.",
              defaultValue = "2",
              min = 1)
          int patience,
      @Key(
              doc = "Min learning rate, as a share of the configured one.",
              defaultValue = "0.001",
              min = 0,
              max = 1)
          double min,
      @Key(
              doc = "Number of warmup steps, in which the learning rate rises linearly from 0.",
              defaultValue = "0",
              min = 0)
          int warmup) {}

  private final Config config;

  /** Creates the schedule. */
  public PlateauSchedule(Config config) {
    this.config = config;
  }

  @Override
  public double factor(Progress progress) {
    return Warmup.factor(progress.step(), config.warmup())
        * Math.max(config.min(), Math.pow(config.factor(), falls(progress)));
  }

  /** Returns the number of decays so far. */
  private int falls(Progress progress) {
    Series series = progress.validations().get(config.metric());
    if (series == null) {
      throw new IllegalArgumentException(
          progress.validations().isEmpty()
              ? "the schedule plateau needs validation data. Add data.dev or data.held_out"
              : "the schedule plateau watches '%s', which is neither loss nor one of evaluation.metrics; available: %s"
                  .formatted(config.metric(), new TreeSet<>(progress.validations().keySet())));
    }
    double best = Double.NaN;
    int since = 0;
    int falls = 0;
    for (double value : series.values()) {
      if (Double.isNaN(best) || (series.higherIsBetter() ? value > best : value < best)) {
        best = value;
        since = 0;
      } else if (++since == config.patience()) {
        falls++;
        since = 0;
      }
    }
    return falls;
  }
}
