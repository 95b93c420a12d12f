package org.seq4j.trainer.metric;

import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.MetricFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@code rouge-2}. */
public final class RougeTwoFactory implements MetricFactory<RougeConfig> {

  @Override
  public String name() {
    return "rouge-2";
  }

  @Override
  public String doc() {
    return "Pairs of words in common with the reference; 0 to 100.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<RougeConfig> configType() {
    return RougeConfig.class;
  }

  @Override
  public Metric create(RougeConfig config, ComponentContext context) {
    return Rouge.ofNgrams(config, 2);
  }
}
