package org.seq4j.attention;

import org.seq4j.core.model.AttentionFactory;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The attention {@code coverage}. */
public final class CoverageFactory implements AttentionFactory<CoverageConfig> {

  @Override
  public String name() {
    return "coverage";
  }

  @Override
  public String doc() {
    return "Additive attention that also sees how much each position has been "
        + "looked at so far (Tu et al. 2016; See et al. 2017). A query needs the "
        + "sum of all weights before.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<CoverageConfig> configType() {
    return CoverageConfig.class;
  }

  @Override
  public AttentionMechanism create(CoverageConfig config, ComponentContext context) {
    return new Coverage(config);
  }
}
