package org.seq4j.attention;

import org.seq4j.core.model.AttentionFactory;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The attention {@code multi-head}. */
public final class MultiHeadFactory implements AttentionFactory<MultiHeadConfig> {

  @Override
  public String name() {
    return "multi-head";
  }

  @Override
  public String doc() {
    return "Several scaled dot products side by side (Vaswani et al. 2017, section"
        + " 3.2). A query needs nothing of the one before.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<MultiHeadConfig> configType() {
    return MultiHeadConfig.class;
  }

  @Override
  public AttentionMechanism create(MultiHeadConfig config, ComponentContext context) {
    return new MultiHeadAttention(config);
  }
}
