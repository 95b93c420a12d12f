package org.seq4j.trainer.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.trainer.experiment.ConfigDifference;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.experiment.ExperimentConfig;
import org.seq4j.trainer.training.StopSignal;
import org.seq4j.trainer.training.state.TrainingException;

/**
 * A hyperparameter search: trains an experiment with many values of some of its keys and ranks them
 * on the validation data.
 *
 * <pre>{@code
 * Sweep sweep = Sweep.load(Path.of("sweep.yaml"), Path.of("runs/sweep"), registry);
 * TrialResult best = sweep.run().get(0);
 * }</pre>
 *
 * <p>Each trial is a run in the sweep's folder: {@code 0001}, {@code 0002} and so on; {@code
 * trials.tsv} has a line for each. Completed trials are not trained again, and interrupted ones
 * resume.
 */
public final class Sweep {
  private final SweepConfig config;
  private final ComponentRegistry registry;
  private final List<Trial> trials;

  /**
   * Reads every trial's experiment, so that errors in any of them are reported before training.
   *
   * @param folder the folder of the runs
   * @param registry the components that the experiments may name
   * @throws ConfigException if an experiment has errors
   * @throws TrainingException if there are no validation data, or the folder holds the trials of
   *     another sweep
   */
  public Sweep(SweepConfig config, Path folder, ComponentRegistry registry) {
    this.config = config;
    this.registry = registry;
    List<Trial> all = new ArrayList<>();
    for (Map<String, String> values : config.values()) {
      int number = all.size() + 1;
      all.add(
          trial(
              number,
              values,
              new RunDirectory(folder.resolve(String.format(Locale.ROOT, "%04d", number)))));
    }
    this.trials = List.copyOf(all);
  }

  /**
   * Reads a sweep from its file.
   *
   * @param file YAML or JSON, with the keys of {@link SweepConfig}
   * @see #Sweep(SweepConfig, Path, ComponentRegistry)
   */
  public static Sweep load(Path file, Path folder, ComponentRegistry registry) {
    ConfigReader reader = new ConfigReader(registry);
    return new Sweep(
        reader.bind(reader.read(file, List.of()), SweepConfig.class), folder, registry);
  }

  private Trial trial(int number, Map<String, String> values, RunDirectory run) {
    Experiment experiment =
        Experiment.loadTrial(config.config(), registry, Trial.overrides(values));
    ExperimentConfig bound = experiment.config();
    if (bound.data().dev().isEmpty() && bound.data().heldOut().isEmpty()) {
      throw new TrainingException(
          config.config()
              + ": trials are compared on validation data; add data.dev or data.held_out");
    }
    if (run.exists()) {
      checkSame(experiment, run);
    }
    return new Trial(number, config.config(), values, run, measure(experiment));
  }

  private static void checkSame(Experiment experiment, RunDirectory run) {
    List<String> differences =
        experiment.differences(run).stream()
            .filter(change -> !change.free())
            .filter(
                change -> !change.key().equals("training.threads")) // parallel trials share them
            .map(ConfigDifference.Change::toString)
            .toList();
    if (!differences.isEmpty()) {
      throw new TrainingException(
          "%s is a trial of another sweep:\n  %s\nRestore these values, or choose another folder"
              .formatted(run.path(), String.join("\n  ", differences)));
    }
  }

  private static Trial.Measure measure(Experiment experiment) {
    String watched = experiment.config().training().watched();
    boolean higher =
        experiment.config().evaluation().metrics().stream()
            .filter(metric -> metric.type().equals(watched))
            .map((Component<Metric> it) -> it.create(new ComponentContext(experiment.directory())))
            .anyMatch(Metric::higherIsBetter);
    return new Trial.Measure(watched, higher);
  }

  /** Returns the keys that are varied. */
  public List<String> keys() {
    return config.keys();
  }

  /** Returns all trials, in order. */
  public List<Trial> trials() {
    return trials;
  }

  /** Returns the results of all trials, the best first. */
  public List<TrialResult> results() {
    return TrialResult.ranked(trials);
  }

  /**
   * Trains incomplete trials in this JVM, one after another.
   *
   * @return all results, the best first
   * @see TrialRunner#inThisJvm
   */
  public List<TrialResult> run() throws InterruptedException {
    return run(TrialRunner.inThisJvm(registry), 1, new StopSignal(), new SweepListener() {});
  }

  /**
   * Trains incomplete trials. When it returns or throws, no trial is running any more.
   *
   * @param runner the runner that trains each trial
   * @param atOnce the number of parallel trials; those that do not set training.threads share the
   *     processors
   * @param stop stops running trials, which save, and starts no others; the sweep itself requests
   *     it if it cannot continue
   * @return all results, the best first; failed and interrupted trials are included
   * @throws TrainingException if the runner cannot train any trial
   */
  public List<TrialResult> run(
      TrialRunner runner, int atOnce, StopSignal stop, SweepListener listener)
      throws InterruptedException {
    new SweepRun(trials, registry, runner, atOnce, stop, listener).run();
    return results();
  }
}
