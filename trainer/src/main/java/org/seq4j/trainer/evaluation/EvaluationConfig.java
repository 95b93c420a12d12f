package org.seq4j.trainer.evaluation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Key;

/** The section {@code evaluation} of a config file: the metrics that score answers. */
public record EvaluationConfig(
    @Key(
            doc =
                "Metrics of answers, at validation (with a greedy search) and in evaluate (with the"
                    + " configured search).",
            defaultValue = "[exact-match, ser]")
        List<Component<Metric>> metrics) {

  /** Checks that no metric occurs twice, since scores are distinguished by name. */
  public EvaluationConfig {
    metrics = List.copyOf(metrics);
    Set<String> seen = new HashSet<>();
    for (Component<Metric> metric : metrics) {
      if (!seen.add(metric.type())) {
        throw new IllegalArgumentException("metrics: '" + metric.type() + "' occurs twice");
      }
    }
  }

  /** Returns the names of the metrics. */
  public List<String> names() {
    return metrics.stream().map(Component::type).toList();
  }
}
