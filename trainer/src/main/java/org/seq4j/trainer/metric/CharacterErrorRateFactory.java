package org.seq4j.trainer.metric;

import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.MetricFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@code cer}. */
public final class CharacterErrorRateFactory implements MetricFactory<NoKeys> {

  @Override
  public String name() {
    return "cer";
  }

  @Override
  public String doc() {
    return "Insertions, deletions and substitutions of characters per character of the reference.";
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
    return ErrorRate.ofCharacters();
  }
}
