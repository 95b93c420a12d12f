package org.seq4j.tokenizers;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.text.TokenizerTrainer;
import org.seq4j.core.text.TokenizerTrainerFactory;

/** Provides {@link TruecaseTrainer} as {@code type: truecase}. */
public final class TruecaseTrainerFactory
    implements TokenizerTrainerFactory<TruecaseTrainer.Config> {

  @Override
  public String name() {
    return "truecase";
  }

  @Override
  public String doc() {
    return "Learns how words are usually written.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<TruecaseTrainer.Config> configType() {
    return TruecaseTrainer.Config.class;
  }

  @Override
  public TokenizerTrainer create(TruecaseTrainer.Config config, ComponentContext context) {
    return new TruecaseTrainer();
  }
}
