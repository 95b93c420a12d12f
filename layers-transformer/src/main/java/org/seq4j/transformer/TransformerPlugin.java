package org.seq4j.transformer;

import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.Plugin;

/** The encoders and decoders of this module. */
public final class TransformerPlugin implements Plugin {

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public void register(Components components) {
    components
        .of(Encoder.class)
        .add(
            "transformer",
            "Layers of self-attention and feed-forward layers over the source (Vaswani et al."
                + " 2017).",
            TransformerEncoder.Config.class,
            TransformerEncoder::new);
    components
        .of(Decoder.class)
        .add(
            "transformer",
            "Layers of self-attention over the target so far, attention to the source, and"
                + " feed-forward layers (Vaswani et al. 2017).",
            TransformerDecoder.Config.class,
            TransformerDecoder::new);
  }
}
