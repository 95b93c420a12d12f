package org.seq4j.trainer.metric;

import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.MetricFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@code chrf}. */
public final class ChrfFactory implements MetricFactory<ChrfConfig> {

  @Override
  public String name() {
    return "chrf";
  }

  @Override
  public String doc() {
    return "N-grams of characters in common with the references, as sacreBLEU has it; 0 to 100.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<ChrfConfig> configType() {
    return ChrfConfig.class;
  }

  @Override
  public Metric create(ChrfConfig config, ComponentContext context) {
    return new Chrf(config);
  }
}
