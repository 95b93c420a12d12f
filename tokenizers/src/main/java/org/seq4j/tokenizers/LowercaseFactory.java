package org.seq4j.tokenizers;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.TokenizerFactory;

/** Provides {@link Lowercase} as {@code type: lowercase}. */
public final class LowercaseFactory implements TokenizerFactory<Lowercase.Config> {

  @Override
  public String name() {
    return "lowercase";
  }

  @Override
  public String doc() {
    return "Writes everything in lower case.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<Lowercase.Config> configType() {
    return Lowercase.Config.class;
  }

  @Override
  public Tokenizer create(Lowercase.Config config, ComponentContext context) {
    return new Lowercase();
  }
}
