package org.seq4j.trainer.optimizer;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.training.Optimizer;
import org.seq4j.core.training.OptimizerFactory;

/** Makes {@code adadelta} (Zeiler 2012). */
public final class AdadeltaFactory implements OptimizerFactory<AdadeltaConfig> {

  @Override
  public String name() {
    return "adadelta";
  }

  @Override
  public String doc() {
    return "Divides gradients by the root of their mean square, and multiplies "
        + "them by that of the steps before (Zeiler 2012).";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<AdadeltaConfig> configType() {
    return AdadeltaConfig.class;
  }

  @Override
  public Optimizer create(AdadeltaConfig config, ComponentContext context) {
    return new Adadelta(config);
  }
}
