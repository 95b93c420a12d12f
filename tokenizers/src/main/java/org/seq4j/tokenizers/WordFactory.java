package org.seq4j.tokenizers;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.TokenizerFactory;

/** Provides {@link Word} as {@code type: word}. */
public final class WordFactory implements TokenizerFactory<Word.Config> {

  @Override
  public String name() {
    return "word";
  }

  @Override
  public String doc() {
    return "Words and punctuation, by the rules of Moses.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<Word.Config> configType() {
    return Word.Config.class;
  }

  @Override
  public Tokenizer create(Word.Config config, ComponentContext context) {
    return new Word(config);
  }
}
