package org.seq4j.tokenizers;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.TokenizerFactory;

/** Provides {@link Bpe} as {@code type: bpe}. */
public final class BpeFactory implements TokenizerFactory<Bpe.Config> {

  @Override
  public String name() {
    return "bpe";
  }

  @Override
  public String doc() {
    return "Subwords: the most frequent pairs of characters, learned from text.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<Bpe.Config> configType() {
    return Bpe.Config.class;
  }

  @Override
  public Tokenizer create(Bpe.Config config, ComponentContext context) {
    return new Bpe(config);
  }
}
