package com.example.seq4j;

import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.Plugin;

/** Registers the components of this example. */
public final class ExamplePlugin implements Plugin {

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public void register(Components components) {
    components
        .of(AttentionMechanism.class)
        .add(
            "cosine",
            "Cosine similarity with a learned sharpness (Graves et al. 2014, eq. 5 and 6).",
            CosineAttention.Config.class,
            CosineAttention::new)
        .add(
            "window",
            "A mixture of Gaussians that moves over the source (Graves 2013, eq. 46 to 51).",
            WindowAttention.Config.class,
            WindowAttention::new);
    components
        .of(Encoder.class)
        .add(
            "fsmn",
            "Feedforward layers, each with a memory of nearby positions (Zhang et al. 2015).",
            FsmnEncoder.Config.class,
            FsmnEncoder::new);
  }
}
