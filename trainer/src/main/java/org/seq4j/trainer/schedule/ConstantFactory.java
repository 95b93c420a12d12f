package org.seq4j.trainer.schedule;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.core.training.ScheduleFactory;

/** Makes {@code constant}. */
public final class ConstantFactory implements ScheduleFactory<ConstantConfig> {

  @Override
  public String name() {
    return "constant";
  }

  @Override
  public String doc() {
    return "The same learning rate from beginning to end, after a rise if asked " + "for.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<ConstantConfig> configType() {
    return ConstantConfig.class;
  }

  @Override
  public LearningRateSchedule create(ConstantConfig config, ComponentContext context) {
    return progress -> Warmup.factor(progress.step(), config.warmup());
  }
}
