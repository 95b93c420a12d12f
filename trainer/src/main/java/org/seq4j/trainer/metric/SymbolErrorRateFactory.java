package org.seq4j.trainer.metric;

import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.MetricFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@code ser}: the symbol error rate, edits over the references' length. */
public final class SymbolErrorRateFactory implements MetricFactory<SymbolErrorRateConfig> {

  @Override
  public String name() {
    return "ser";
  }

  @Override
  public String doc() {
    return "Insertions, deletions and substitutions of symbols per symbol of the " + "reference.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<SymbolErrorRateConfig> configType() {
    return SymbolErrorRateConfig.class;
  }

  @Override
  public Metric create(SymbolErrorRateConfig config, ComponentContext context) {
    return new SymbolErrorRate();
  }
}
