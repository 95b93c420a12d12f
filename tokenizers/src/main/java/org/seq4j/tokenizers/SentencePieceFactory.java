package org.seq4j.tokenizers;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.TokenizerFactory;

/** Provides {@link SentencePiece} as {@code type: sentencepiece}. */
public final class SentencePieceFactory implements TokenizerFactory<SentencePiece.Config> {

  @Override
  public String name() {
    return "sentencepiece";
  }

  @Override
  public String doc() {
    return "The pieces of a SentencePiece model, unigram or BPE.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<SentencePiece.Config> configType() {
    return SentencePiece.Config.class;
  }

  @Override
  public Tokenizer create(SentencePiece.Config config, ComponentContext context) {
    return new SentencePiece(config);
  }
}
