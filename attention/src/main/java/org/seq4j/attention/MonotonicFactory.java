package org.seq4j.attention;

import org.seq4j.core.model.AttentionFactory;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The attention {@code monotonic}. */
public final class MonotonicFactory implements AttentionFactory<MonotonicConfig> {

  @Override
  public String name() {
    return "monotonic";
  }

  @Override
  public String doc() {
    return "Attention that only moves forward: by expectation in training, at "
        + "inference to one position found by reading on from the last (Raffel et"
        + " al. 2017). A query needs where the one before looked.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<MonotonicConfig> configType() {
    return MonotonicConfig.class;
  }

  @Override
  public AttentionMechanism create(MonotonicConfig config, ComponentContext context) {
    return new Monotonic(config);
  }
}
