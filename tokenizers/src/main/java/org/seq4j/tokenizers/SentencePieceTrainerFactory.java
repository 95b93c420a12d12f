package org.seq4j.tokenizers;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.text.TokenizerTrainer;
import org.seq4j.core.text.TokenizerTrainerFactory;

/** Provides {@link SentencePieceTrainer} as {@code type: sentencepiece}. */
public final class SentencePieceTrainerFactory
    implements TokenizerTrainerFactory<SentencePieceTrainer.Config> {

  @Override
  public String name() {
    return "sentencepiece";
  }

  @Override
  public String doc() {
    return "Learns a SentencePiece model, unigram or BPE.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<SentencePieceTrainer.Config> configType() {
    return SentencePieceTrainer.Config.class;
  }

  @Override
  public TokenizerTrainer create(SentencePieceTrainer.Config config, ComponentContext context) {
    return new SentencePieceTrainer(config);
  }
}
