package org.seq4j.trainer.optimizer;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.training.Optimizer;
import org.seq4j.core.training.OptimizerFactory;

/** Makes {@code adamw} (Loshchilov and Hutter 2019). */
public final class AdamWFactory implements OptimizerFactory<AdamWConfig> {

  @Override
  public String name() {
    return "adamw";
  }

  @Override
  public String doc() {
    return "Adam, with weights that fade by themselves rather than through their gradients "
        + "(Loshchilov and Hutter 2019, algorithm 2).";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<AdamWConfig> configType() {
    return AdamWConfig.class;
  }

  @Override
  public Optimizer create(AdamWConfig config, ComponentContext context) {
    return new AdamW(config);
  }
}
