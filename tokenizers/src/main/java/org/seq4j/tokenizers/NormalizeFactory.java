package org.seq4j.tokenizers;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.TokenizerFactory;

/** Provides {@link Normalize} as {@code type: normalize}. */
public final class NormalizeFactory implements TokenizerFactory<Normalize.Config> {

  @Override
  public String name() {
    return "normalize";
  }

  @Override
  public String doc() {
    return "Writes punctuation in one way, by the rules of Moses.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<Normalize.Config> configType() {
    return Normalize.Config.class;
  }

  @Override
  public Tokenizer create(Normalize.Config config, ComponentContext context) {
    return new Normalize(config);
  }
}
