package org.seq4j.trainer.metric;

import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.MetricFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@code mae}: the mean absolute error of vectors. */
public final class MeanAbsoluteErrorFactory
    implements MetricFactory<MeanAbsoluteErrorFactory.Config> {

  /** It has no keys. */
  public record Config() {}

  @Override
  public String name() {
    return "mae";
  }

  @Override
  public String doc() {
    return "The mean absolute error of a number of a vector; for targets of vectors.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Metric create(Config config, ComponentContext context) {
    return new VectorError(Math::abs);
  }
}
