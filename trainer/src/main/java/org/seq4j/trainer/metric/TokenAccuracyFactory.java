package org.seq4j.trainer.metric;

import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.MetricFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@code token-accuracy}. */
public final class TokenAccuracyFactory implements MetricFactory<NoKeys> {

  @Override
  public String name() {
    return "token-accuracy";
  }

  @Override
  public String doc() {
    return "The share of symbols of the reference that are the most likely ones, after the true ones before.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<NoKeys> configType() {
    return NoKeys.class;
  }

  @Override
  public Metric create(NoKeys config, ComponentContext context) {
    return ForcedMetric.tokenAccuracy();
  }
}
