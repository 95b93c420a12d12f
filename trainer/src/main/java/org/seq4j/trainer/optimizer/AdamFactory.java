package org.seq4j.trainer.optimizer;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.training.Optimizer;
import org.seq4j.core.training.OptimizerFactory;

/** Makes {@code adam} (Kingma and Ba 2015). */
public final class AdamFactory implements OptimizerFactory<AdamConfig> {

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public String doc() {
    return "Steps by the running means of gradients and of their squares (Kingma "
        + "and Ba 2015, algorithm 1).";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<AdamConfig> configType() {
    return AdamConfig.class;
  }

  @Override
  public Optimizer create(AdamConfig config, ComponentContext context) {
    return new Adam(config);
  }
}
