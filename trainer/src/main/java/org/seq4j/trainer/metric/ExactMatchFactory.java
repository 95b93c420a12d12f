package org.seq4j.trainer.metric;

import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.MetricFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@code exact-match}: the share of hypotheses that are exactly one of their references. */
public final class ExactMatchFactory implements MetricFactory<ExactMatchConfig> {

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
  public Class<ExactMatchConfig> configType() {
    return ExactMatchConfig.class;
  }

  @Override
  public Metric create(ExactMatchConfig config, ComponentContext context) {
    return new ExactMatch();
  }
}
