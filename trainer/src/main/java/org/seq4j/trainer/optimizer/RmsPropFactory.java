package org.seq4j.trainer.optimizer;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.training.Optimizer;
import org.seq4j.core.training.OptimizerFactory;

/** Makes {@code rmsprop} (Tieleman and Hinton 2012). */
public final class RmsPropFactory implements OptimizerFactory<RmsPropConfig> {

  @Override
  public String name() {
    return "rmsprop";
  }

  @Override
  public String doc() {
    return "Divides gradients by the root of their mean square (Tieleman and " + "Hinton 2012).";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<RmsPropConfig> configType() {
    return RmsPropConfig.class;
  }

  @Override
  public Optimizer create(RmsPropConfig config, ComponentContext context) {
    return new RmsProp(config);
  }
}
