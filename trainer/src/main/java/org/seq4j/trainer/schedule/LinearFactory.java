package org.seq4j.trainer.schedule;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.core.training.ScheduleFactory;

/** Makes {@code linear}. */
public final class LinearFactory implements ScheduleFactory<FallConfig> {

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public String doc() {
    return "Falls in a straight line to the end.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<FallConfig> configType() {
    return FallConfig.class;
  }

  @Override
  public LearningRateSchedule create(FallConfig config, ComponentContext context) {
    return progress ->
        Warmup.factor(progress.step(), config.warmup())
            * (1 - (1 - config.least()) * Warmup.share(progress, config.warmup(), config.steps()));
  }
}
