package org.seq4j.trainer.schedule;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.core.training.ScheduleFactory;

/** Makes {@code exponential}. */
public final class ExponentialFactory implements ScheduleFactory<ExponentialConfig> {

  @Override
  public String name() {
    return "exponential";
  }

  @Override
  public String doc() {
    return "Falls by the same share in the same number of steps.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<ExponentialConfig> configType() {
    return ExponentialConfig.class;
  }

  @Override
  public LearningRateSchedule create(ExponentialConfig config, ComponentContext context) {
    return progress -> {
      double times = Math.max(0, progress.step() - config.warmup()) / (double) config.steps();
      return Warmup.factor(progress.step(), config.warmup())
          * Math.max(config.least(), Math.pow(config.decay(), times));
    };
  }
}
