package org.seq4j.trainer.metric;

import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.MetricFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@code ser}. */
public final class SymbolErrorRateFactory implements MetricFactory<NoKeys> {

  @Override
  public String name() {
    return "ser";
  }

  @Override
  public String doc() {
    return "Insertions, deletions and substitutions of symbols per symbol of the reference.";
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
    return ErrorRate.ofSymbols();
  }
}
