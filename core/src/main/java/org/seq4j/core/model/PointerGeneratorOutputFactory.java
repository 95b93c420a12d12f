package org.seq4j.core.model;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@link PointerGeneratorOutput}. */
public final class PointerGeneratorOutputFactory
    implements OutputFactory<PointerGeneratorOutputFactory.Config> {

  /** It has nothing to configure. */
  public record Config() {}

  @Override
  public String name() {
    return "pointer-generator";
  }

  @Override
  public String doc() {
    return "A softmax, mixed with copying the symbols that attention looks at, which the vocabulary "
        + "need not know (See et al. 2017). Needs a decoder with attention and an encoder that keeps "
        + "every position.";
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
    return new PointerGeneratorOutput();
  }
}
