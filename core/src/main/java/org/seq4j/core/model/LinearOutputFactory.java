package org.seq4j.core.model;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@link LinearOutput}. */
public final class LinearOutputFactory implements OutputFactory<LinearOutputFactory.Config> {

  /** It has nothing to configure. */
  public record Config() {}

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public String doc() {
    return "A linear map to the vectors of the target.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public OutputLayer create(Config config, ComponentContext context) {
    return new LinearOutput();
  }
}
