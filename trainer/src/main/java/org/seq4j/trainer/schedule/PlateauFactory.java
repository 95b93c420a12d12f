package org.seq4j.trainer.schedule;

import java.util.TreeSet;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.core.training.ScheduleFactory;

/** Makes {@code plateau}. */
public final class PlateauFactory implements ScheduleFactory<PlateauConfig> {

  @Override
  public String name() {
    return "plateau";
  }

  @Override
  public String doc() {
    return "Falls whenever validation has shown no progress for a while.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<PlateauConfig> configType() {
    return PlateauConfig.class;
  }

  @Override
  public LearningRateSchedule create(PlateauConfig config, ComponentContext context) {
    return progress ->
        Warmup.factor(progress.step(), config.warmup())
            * Math.max(config.least(), Math.pow(config.factor(), falls(config, progress)));
  }

  /** How often there were so many validations in a row without a new best. */
  private static int falls(PlateauConfig config, LearningRateSchedule.Progress progress) {
    LearningRateSchedule.Series series = progress.validations().get(config.metric());
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
