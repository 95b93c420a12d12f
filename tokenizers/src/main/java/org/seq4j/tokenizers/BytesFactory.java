package org.seq4j.tokenizers;

import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.TokenizerFactory;

/** Provides {@link Bytes} as {@code type: bytes}. */
public final class BytesFactory implements TokenizerFactory<Bytes.Config> {

  @Override
  public String name() {
    return "bytes";
  }

  @Override
  public String doc() {
    return "Every byte of the UTF-8 text is a symbol; none is unknown.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<Bytes.Config> configType() {
    return Bytes.Config.class;
  }

  @Override
  public Tokenizer create(Bytes.Config config, ComponentContext context) {
    return new Bytes();
  }
}
