package org.seq4j.tokenizers;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.TokenizerFactory;

/** Provides {@link Characters} as {@code type: characters}. */
public final class CharactersFactory implements TokenizerFactory<Characters.Config> {

  @Override
  public String name() {
    return "characters";
  }

  @Override
  public String doc() {
    return "Every character is a symbol.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<Characters.Config> configType() {
    return Characters.Config.class;
  }

  @Override
  public Tokenizer create(Characters.Config config, ComponentContext context) {
    return new Characters();
  }
}
