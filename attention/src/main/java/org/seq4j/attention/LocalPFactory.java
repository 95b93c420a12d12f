package org.seq4j.attention;

import org.seq4j.core.model.AttentionFactory;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The attention {@code local-p}. */
public final class LocalPFactory implements AttentionFactory<LocalPConfig> {

  @Override
  public String name() {
    return "local-p";
  }

  @Override
  public String doc() {
    return "Attention to a window around a predicted position, the nearer the more"
        + " (Luong et al. 2015, section 3.2, local-p). A query needs nothing of "
        + "the one before.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<LocalPConfig> configType() {
    return LocalPConfig.class;
  }

  @Override
  public AttentionMechanism create(LocalPConfig config, ComponentContext context) {
    return new LocalP(config);
  }
}
