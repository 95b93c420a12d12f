package org.seq4j.trainer.schedule;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.core.training.ScheduleFactory;

/**
 * Makes {@code inverse-square-root} (Vaswani et al. 2017, equation 3, scaled to reach 1 at its
 * top).
 */
public final class InverseSquareRootFactory implements ScheduleFactory<InverseSquareRootConfig> {

  @Override
  public String name() {
    return "inverse-square-root";
  }

  @Override
  public String doc() {
    return "Rises to the learning rate, then falls with the root of the step "
        + "(Vaswani et al. 2017, section 5.3).";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<InverseSquareRootConfig> configType() {
    return InverseSquareRootConfig.class;
  }

  @Override
  public LearningRateSchedule create(InverseSquareRootConfig config, ComponentContext context) {
    return progress ->
        Math.min(
            Warmup.factor(progress.step(), config.warmup()),
            Math.sqrt((double) config.warmup() / progress.step()));
  }
}
