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
  public String doc() {
    return "Recurrent layers over the target that know the source from the "
        + "encoder's final state (Sutskever et al. 2014; Cho et al. 2014) or by "
        + "attention (Bahdanau et al. 2015; Luong et al. 2015).";
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
