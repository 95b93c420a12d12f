package org.seq4j.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seq4j.cli.io.CommandException;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.plugin.Component;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.key.ComponentKind;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.trainer.evaluation.EvaluationConfig;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.experiment.ExperimentConfig;
import org.seq4j.trainer.training.config.EarlyStoppingConfig;

/**
 * The metrics that a user selects. Metrics in the run's config keep their configuration; others
 * have their defaults.
 *
 * @param names distinct names of metrics as in config files, in the user's order
 */
public record MetricSelection(List<String> names) {
  private static final ComponentKind<Metric> METRIC = ComponentKind.of(Metric.class).orElseThrow();

  /** Creates a selection from the names that the user gave; repeated names are removed. */
  public static MetricSelection of(List<String> written) {
    Set<String> names = new LinkedHashSet<>();
    written.forEach(name -> names.add(name.strip()));
    return new MetricSelection(List.copyOf(names));
  }

  /** Returns an error message if a name is not that of a metric. */
  public Optional<String> complaint(ComponentRegistry registry) {
    return names.stream()
        .filter(name -> registry.find(METRIC, name).isEmpty())
        .findFirst()
        .map(
            name -> "there is no metric '%s'. Known: %s".formatted(name, registry.listing(METRIC)));
  }

  /**
   * Returns the config of these metrics for a run. It also has the metric of early stopping,
   * without which the config would be invalid.
   *
   * @throws CommandException if a metric without defaults is missing in the run's config
   */
  public EvaluationConfig of(Path run, ExperimentConfig config, ComponentRegistry registry) {
    List<String> needed = new ArrayList<>(names);
    watched(config).filter(name -> !names.contains(name)).ifPresent(needed::add);
    List<Component<Metric>> metrics = new ArrayList<>();
    for (String name : needed) {
      metrics.add(find(config, name).orElseGet(() -> byDefault(run, config, name, registry)));
    }
    return new EvaluationConfig(metrics);
  }

  private static Optional<Component<Metric>> find(ExperimentConfig config, String name) {
    return config.evaluation().metrics().stream()
        .filter(metric -> metric.type().equals(name))
        .findFirst();
  }

  private static Component<Metric> byDefault(
      Path run, ExperimentConfig config, String name, ComponentRegistry registry) {
    List<String> bound = new ArrayList<>(List.of(name));
    watched(config).ifPresent(bound::add);
    String override = "evaluation.metrics=[" + String.join(", ", bound) + "]";
    try {
      return find(Experiment.ofRun(run, registry, List.of(override)).config(), name).orElseThrow();
    } catch (ConfigException e) {
      throw new CommandException(
          "--metric %s: the config of %s does not contain it, and it has required keys: %s"
              .formatted(name, run, e.getMessage()),
          e);
    }
  }

  private static Optional<String> watched(ExperimentConfig config) {
    return config
        .training()
        .earlyStopping()
        .map(EarlyStoppingConfig::metric)
        .filter(metric -> !metric.equals(EarlyStoppingConfig.LOSS));
  }
}
