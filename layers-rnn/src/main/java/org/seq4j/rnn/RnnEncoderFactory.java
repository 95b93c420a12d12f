package org.seq4j.rnn;

import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.EncoderFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The encoder {@code rnn}. */
public final class RnnEncoderFactory implements EncoderFactory<RnnEncoderConfig> {

  @Override
  public String name() {
    return "rnn";
  }

  @Override
  public String doc() {
    return "Recurrent layers over the source, in one direction or in both "
        + "(Sutskever et al. 2014; Bahdanau et al. 2015).";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<RnnEncoderConfig> configType() {
    return RnnEncoderConfig.class;
  }

  @Override
  public Encoder create(RnnEncoderConfig config, ComponentContext context) {
    return new RnnEncoder(config, config.cell().create(context));
  }
}
