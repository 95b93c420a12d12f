package org.seq4j.trainer.metric;

import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.MetricFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@code exact-match}. */
public final class ExactMatchFactory implements MetricFactory<NoKeys> {

  @Override
  public String name() {
    return "exact-match";
  }

  @Override
  public String doc() {
    return "The share of lines that are the reference symbol for symbol.";
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
    return new ExactMatch();
  }
}
