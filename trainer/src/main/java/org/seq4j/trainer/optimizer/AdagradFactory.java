package org.seq4j.trainer.optimizer;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.training.Optimizer;
import org.seq4j.core.training.OptimizerFactory;

/** Makes {@code adagrad} (Duchi et al. 2011). */
public final class AdagradFactory implements OptimizerFactory<AdagradConfig> {

  @Override
  public String name() {
    return "adagrad";
  }

  @Override
  public String doc() {
    return "Divides gradients by the root of the sum of all their squares so far "
        + "(Duchi et al. 2011).";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<AdagradConfig> configType() {
    return AdagradConfig.class;
  }

  @Override
  public Optimizer create(AdagradConfig config, ComponentContext context) {
    return new Adagrad(config);
  }
}
