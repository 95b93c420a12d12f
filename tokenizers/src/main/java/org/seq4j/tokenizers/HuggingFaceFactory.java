package org.seq4j.tokenizers;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.TokenizerFactory;

/** Provides {@link HuggingFace} as {@code type: huggingface}. */
public final class HuggingFaceFactory implements TokenizerFactory<HuggingFace.Config> {

  @Override
  public String name() {
    return "huggingface";
  }

  @Override
  public String doc() {
    return "As a tokenizer.json of Hugging Face says.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<HuggingFace.Config> configType() {
    return HuggingFace.Config.class;
  }

  @Override
  public Tokenizer create(HuggingFace.Config config, ComponentContext context) {
    return new HuggingFace(config);
  }
}
