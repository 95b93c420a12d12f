package org.seq4j.tokenizers;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.TokenizerFactory;

/** Provides {@link Truecase} as {@code type: truecase}. */
public final class TruecaseFactory implements TokenizerFactory<Truecase.Config> {

  @Override
  public String name() {
    return "truecase";
  }

  @Override
  public String doc() {
    return "Gives first words of sentences the case that they have elsewhere.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<Truecase.Config> configType() {
    return Truecase.Config.class;
  }

  @Override
  public Tokenizer create(Truecase.Config config, ComponentContext context) {
    return new Truecase(config);
  }
}
