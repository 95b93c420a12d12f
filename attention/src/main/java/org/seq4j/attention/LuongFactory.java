package org.seq4j.attention;

import org.seq4j.core.model.AttentionFactory;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The attention {@code luong}. */
public final class LuongFactory implements AttentionFactory<LuongConfig> {

  @Override
  public String name() {
    return "luong";
  }

  @Override
  public String doc() {
    return "Multiplicative attention over all positions (Luong et al. 2015, "
        + "section 3.1). A query needs nothing of the one before.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<LuongConfig> configType() {
    return LuongConfig.class;
  }

  @Override
  public AttentionMechanism create(LuongConfig config, ComponentContext context) {
    return new Luong(config);
  }
}
