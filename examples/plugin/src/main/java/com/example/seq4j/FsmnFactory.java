package com.example.seq4j;

import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.EncoderFactory;
import org.seq4j.core.plugin.ComponentContext;

/** What {@code encoder: {type: fsmn, units: 128}} makes. */
public final class FsmnFactory implements EncoderFactory<FsmnConfig> {

  @Override
  public String name() {
    return "fsmn";
  }

  @Override
  public String doc() {
    return "Feedforward layers, each with a memory of the positions around (Zhang et al. 2015).";
  }

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public Class<FsmnConfig> configType() {
    return FsmnConfig.class;
  }

  @Override
  public Encoder create(FsmnConfig config, ComponentContext context) {
    return new FsmnEncoder(config);
  }
}
