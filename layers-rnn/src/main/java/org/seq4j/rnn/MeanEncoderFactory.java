package org.seq4j.rnn;

import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.EncoderFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The encoder {@code mean}. */
public final class MeanEncoderFactory implements EncoderFactory<MeanEncoderConfig> {

  @Override
  public String name() {
    return "mean";
  }

  @Override
  public String doc() {
    return "The mean of neighbouring vectors: a baseline that knows order only by "
        + "positions (Gehring et al. 2016, section 3.1).";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<MeanEncoderConfig> configType() {
    return MeanEncoderConfig.class;
  }

  @Override
  public Encoder create(MeanEncoderConfig config, ComponentContext context) {
    return new MeanEncoder(config);
  }
}
