package org.seq4j.rnn;

import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.DecoderFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The decoder {@code rnn}. */
public final class RnnDecoderFactory implements DecoderFactory<RnnDecoderConfig> {

  @Override
  public String name() {
    return "rnn";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<RnnDecoderConfig> configType() {
    return RnnDecoderConfig.class;
  }

  @Override
  public Decoder create(RnnDecoderConfig config, ComponentContext context) {
    return new RnnDecoder(
        config,
        config.cell().create(context),
        config.attention().map(attention -> attention.create(context)));
  }
}
