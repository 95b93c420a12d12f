package org.seq4j.trainer.schedule;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.core.training.ScheduleFactory;

/** Makes {@code cosine} (Loshchilov and Hutter 2017, equation 5). */
public final class CosineFactory implements ScheduleFactory<FallConfig> {

  @Override
  public String name() {
    return "cosine";
  }

  @Override
  public String doc() {
    return "Falls along half a wave of the cosine (Loshchilov and Hutter 2017, "
        + "without restarts).";
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
    return progress -> {
      double share = Warmup.share(progress, config.warmup(), config.steps());
      return Warmup.factor(progress.step(), config.warmup())
          * (config.least() + (1 - config.least()) * (1 + Math.cos(Math.PI * share)) / 2);
    };
  }
}
