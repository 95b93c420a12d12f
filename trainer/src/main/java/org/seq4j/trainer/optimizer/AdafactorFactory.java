package org.seq4j.trainer.optimizer;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.training.Optimizer;
import org.seq4j.core.training.OptimizerFactory;

/** Makes {@code adafactor} (Shazeer and Stern 2018). */
public final class AdafactorFactory implements OptimizerFactory<AdafactorConfig> {

  @Override
  public String name() {
    return "adafactor";
  }

  @Override
  public String doc() {
    return "Adam without the mean gradient, and with means of squares by row and by column, which "
        + "take far less memory (Shazeer and Stern 2018, algorithms 4 and 5).";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<AdafactorConfig> configType() {
    return AdafactorConfig.class;
  }

  @Override
  public Optimizer create(AdafactorConfig config, ComponentContext context) {
    return new Adafactor(config);
  }
}
