package org.seq4j.rnn;

import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.EncoderFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The encoder {@code pyramidal}. */
public final class PyramidalEncoderFactory implements EncoderFactory<PyramidalEncoderConfig> {

  @Override
  public String name() {
    return "pyramidal";
  }

  @Override
  public String doc() {
    return "Recurrent layers of which each reads several outputs of the one below "
        + "at once, so that long sources get short (Chan et al. 2016, section "
        + "3.1).";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<PyramidalEncoderConfig> configType() {
    return PyramidalEncoderConfig.class;
  }

  @Override
  public Encoder create(PyramidalEncoderConfig config, ComponentContext context) {
    return new PyramidalEncoder(config, config.cell().create(context));
  }
}
