package org.seq4j.trainer.schedule;

import java.util.TreeSet;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.LearningRateSchedule;

/** Falls whenever validation has shown no progress for a while. */
public final class PlateauSchedule implements LearningRateSchedule {

  /** What {@code plateau} can be told. */
  public record Config(
      @Key(doc = "What is watched: loss, or one of evaluation.metrics.", defaultValue = "loss")
          String metric,
      @Key(
              doc = "What is left of the learning rate each time.",
              defaultValue = "0.5",
              min = 0,
              max = 1)
          double factor,
      @Key(
              doc = "After how many validations in a row without a new best.",
              defaultValue = "2",
              min = 1)
          int patience,
      @Key(doc = "Below which share it does not fall.", defaultValue = "0.001", min = 0, max = 1)
          double least,
      @Key(
              doc = "Over how many steps the learning rate rises from 0 before that.",
              defaultValue = "0",
              min = 0)
          int warmup) {}

  private final Config config;

  /** Takes its keys. */
  public PlateauSchedule(Config config) {
    this.config = config;
  }

  @Override
  public double factor(Progress progress) {
    return Warmup.factor(progress.step(), config.warmup())
        * Math.max(config.least(), Math.pow(config.factor(), falls(progress)));
  }

  /** How often there were so many validations in a row without a new best. */
  private int falls(Progress progress) {
    Series series = progress.validations().get(config.metric());
    if (series == null) {
      throw new IllegalArgumentException(
          progress.validations().isEmpty()
              ? "the schedule plateau needs data to validate on. Add data.dev or data.held_out"
              : "the schedule plateau watches '%s', which is neither loss nor one of evaluation.metrics: there are %s"
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
