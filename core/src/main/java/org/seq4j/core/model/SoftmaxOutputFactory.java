package org.seq4j.core.model;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** A linear map to the vocabulary and a softmax. */
public final class SoftmaxOutputFactory implements OutputFactory<SoftmaxOutputFactory.Config> {

  /** It has nothing to configure. */
  public record Config() {}

  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public String doc() {
    return "A linear map to the vocabulary and a softmax; the map can be the "
        + "target embedding (Press and Wolf 2017).";
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
    return new SoftmaxOutput();
  }
}
