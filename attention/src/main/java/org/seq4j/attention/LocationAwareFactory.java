package org.seq4j.attention;

import org.seq4j.core.model.AttentionFactory;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The attention {@code location-aware}. */
public final class LocationAwareFactory implements AttentionFactory<LocationAwareConfig> {

  @Override
  public String name() {
    return "location-aware";
  }

  @Override
  public String doc() {
    return "Additive attention that also sees where it looked before, through a "
        + "convolution (Chorowski et al. 2015, section 2.2). A query needs the "
        + "weights of the one before.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<LocationAwareConfig> configType() {
    return LocationAwareConfig.class;
  }

  @Override
  public AttentionMechanism create(LocationAwareConfig config, ComponentContext context) {
    return new LocationAware(config);
  }
}
