package org.seq4j.rnn;

import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.EncoderFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The encoder {@code convolutional}. */
public final class ConvolutionalEncoderFactory
    implements EncoderFactory<ConvolutionalEncoderConfig> {

  @Override
  public String name() {
    return "convolutional";
  }

  @Override
  public String doc() {
    return "Gated convolutions with residual connections over embeddings of "
        + "symbols and positions (Gehring et al. 2017).";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<ConvolutionalEncoderConfig> configType() {
    return ConvolutionalEncoderConfig.class;
  }

  @Override
  public Encoder create(ConvolutionalEncoderConfig config, ComponentContext context) {
    return new ConvolutionalEncoder(config);
  }
}
