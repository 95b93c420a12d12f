package org.seq4j.attention;

import org.seq4j.core.model.AttentionFactory;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The attention {@code none}. */
public final class NoneFactory implements AttentionFactory<NoneConfig> {

  @Override
  public String name() {
    return "none";
  }

  @Override
  public String doc() {
    return "Looks nowhere: the decoder is the one it is without the key attention.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<NoneConfig> configType() {
    return NoneConfig.class;
  }

  @Override
  public AttentionMechanism create(NoneConfig config, ComponentContext context) {
    return new None();
  }
}
