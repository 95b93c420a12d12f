package org.seq4j.trainer.metric;

import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.MetricFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@code perplexity}. */
public final class PerplexityFactory implements MetricFactory<NoKeys> {

  @Override
  public String name() {
    return "perplexity";
  }

  @Override
  public String doc() {
    return "How surprised the model is by a symbol of the reference, after the true ones before it.";
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
    return ForcedMetric.perplexity();
  }
}
