package org.seq4j.trainer.schedule;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.core.training.ScheduleFactory;

/** Makes {@code step-wise}. */
public final class StepWiseFactory implements ScheduleFactory<StepWiseConfig> {

  @Override
  public String name() {
    return "step-wise";
  }

  @Override
  public String doc() {
    return "Falls at given steps.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<StepWiseConfig> configType() {
    return StepWiseConfig.class;
  }

  @Override
  public LearningRateSchedule create(StepWiseConfig config, ComponentContext context) {
    return progress ->
        Warmup.factor(progress.step(), config.warmup())
            * Math.pow(
                config.factor(),
                (double) config.after().stream().filter(step -> progress.step() > step).count());
  }
}
