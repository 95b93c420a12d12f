package org.seq4j.trainer.evaluation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Key;

/** The section {@code evaluation} of a config file: how answers are scored. */
public record EvaluationConfig(
    @Key(
            doc =
                "What is measured on decoded answers, at validation (with a greedy search) and by"
                    + " evaluate (with the configured one).",
            defaultValue = "[exact-match, ser]")
        List<Component<Metric>> metrics) {

  /** Checks that each metric is there once, since scores are told apart by name. */
  public EvaluationConfig {
    metrics = List.copyOf(metrics);
    Set<String> seen = new HashSet<>();
    for (Component<Metric> metric : metrics) {
      if (!seen.add(metric.type())) {
        throw new IllegalArgumentException("metrics: '" + metric.type() + "' is there twice");
      }
    }
  }

  /** The names of the metrics. */
  public List<String> names() {
    return metrics.stream().map(Component::type).toList();
  }
}
