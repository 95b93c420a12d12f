package org.seq4j.trainer.metric;

import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.MetricFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@code chrf++}. */
public final class ChrfPlusPlusFactory implements MetricFactory<ChrfPlusPlusConfig> {

  @Override
  public String name() {
    return "chrf++";
  }

  @Override
  public String doc() {
    return "chrF++: chrf with pairs of words as well.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<ChrfPlusPlusConfig> configType() {
    return ChrfPlusPlusConfig.class;
  }

  @Override
  public Metric create(ChrfPlusPlusConfig config, ComponentContext context) {
    return new Chrf(new ChrfConfig(6, 2, 2, config.lowercase(), false, true));
  }
}
