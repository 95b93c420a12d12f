package org.seq4j.tokenizers;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.text.TokenizerTrainer;
import org.seq4j.core.text.TokenizerTrainerFactory;

/** Provides {@link BpeTrainer} as {@code type: bpe}. */
public final class BpeTrainerFactory implements TokenizerTrainerFactory<BpeTrainer.Config> {

  @Override
  public String name() {
    return "bpe";
  }

  @Override
  public String doc() {
    return "Learns the merges of bpe.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<BpeTrainer.Config> configType() {
    return BpeTrainer.Config.class;
  }

  @Override
  public TokenizerTrainer create(BpeTrainer.Config config, ComponentContext context) {
    return new BpeTrainer(config);
  }
}
