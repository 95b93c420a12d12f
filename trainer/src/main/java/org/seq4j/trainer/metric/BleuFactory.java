package org.seq4j.trainer.metric;

import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.MetricFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@code bleu}. */
public final class BleuFactory implements MetricFactory<BleuConfig> {

  @Override
  public String name() {
    return "bleu";
  }

  @Override
  public String doc() {
    return "N-grams in common with the references, as sacreBLEU has it; 0 to 100.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<BleuConfig> configType() {
    return BleuConfig.class;
  }

  @Override
  public Metric create(BleuConfig config, ComponentContext context) {
    return new Bleu(config);
  }
}
