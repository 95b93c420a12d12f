package org.seq4j.tokenizers;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.TokenizerFactory;

/** Provides {@link Whitespace} as {@code type: whitespace}. */
public final class WhitespaceFactory implements TokenizerFactory<Whitespace.Config> {

  @Override
  public String name() {
    return "whitespace";
  }

  @Override
  public String doc() {
    return "Symbols are what stands between blanks.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<Whitespace.Config> configType() {
    return Whitespace.Config.class;
  }

  @Override
  public Tokenizer create(Whitespace.Config config, ComponentContext context) {
    return new Whitespace();
  }
}
