package org.seq4j.attention;

import org.seq4j.core.model.AttentionFactory;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The attention {@code local-m}. */
public final class LocalMFactory implements AttentionFactory<LocalMConfig> {

  @Override
  public String name() {
    return "local-m";
  }

  @Override
  public String doc() {
    return "Attention to a window that moves one position a step (Luong et al. "
        + "2015, section 3.2, local-m). A query needs its position in the target,"
        + " but no state.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<LocalMConfig> configType() {
    return LocalMConfig.class;
  }

  @Override
  public AttentionMechanism create(LocalMConfig config, ComponentContext context) {
    return new LocalM(config);
  }
}
