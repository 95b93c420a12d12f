package org.seq4j.trainer.optimizer;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.training.Optimizer;
import org.seq4j.core.training.OptimizerFactory;

/** Makes {@code sgd}, stochastic gradient descent. */
public final class SgdFactory implements OptimizerFactory<SgdConfig> {

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public String doc() {
    return "Steps against the gradient, with momentum if asked for (Sutskever et " + "al. 2013).";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<SgdConfig> configType() {
    return SgdConfig.class;
  }

  @Override
  public Optimizer create(SgdConfig config, ComponentContext context) {
    return new Sgd(config);
  }
}
