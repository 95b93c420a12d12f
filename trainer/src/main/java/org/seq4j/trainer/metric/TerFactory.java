package org.seq4j.trainer.metric;

import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.MetricFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@code ter}. */
public final class TerFactory implements MetricFactory<TerConfig> {

  @Override
  public String name() {
    return "ter";
  }

  @Override
  public String doc() {
    return "Edits and shifts per word of the reference, as sacreBLEU has it; in per cent.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<TerConfig> configType() {
    return TerConfig.class;
  }

  @Override
  public Metric create(TerConfig config, ComponentContext context) {
    return new Ter(config);
  }
}
