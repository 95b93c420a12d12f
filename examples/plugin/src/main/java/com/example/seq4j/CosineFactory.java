package com.example.seq4j;

import org.seq4j.core.model.AttentionFactory;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.ComponentContext;

/** What {@code attention: cosine} makes. */
public final class CosineFactory implements AttentionFactory<CosineConfig> {

  @Override
  public String name() {
    return "cosine";
  }

  @Override
  public String doc() {
    return "Compares by angle, with a learned sharpness (Graves et al. 2014, eq. 5 and 6).";
  }

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public Class<CosineConfig> configType() {
    return CosineConfig.class;
  }

  @Override
  public AttentionMechanism create(CosineConfig config, ComponentContext context) {
    return new CosineAttention(config);
  }
}
