package org.seq4j.trainer.experiment;

import java.nio.file.Path;
import java.util.List;
import org.seq4j.core.plugin.ComponentRegistry;
import org.seq4j.trainer.data.Example;
import org.seq4j.trainer.data.Split;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.training.StopSignal;
import org.seq4j.trainer.training.TrainingListener;
import org.seq4j.trainer.training.TrainingResult;

/**
 * An experiment as a file describes it: data, a model, and how to fit and to measure it.
 *
 * <pre>{@code
 * Experiment experiment = Experiment.load(Path.of("reverse.yaml"));
 * experiment.train(Path.of("runs/reverse"));
 * Evaluation evaluation = experiment.evaluate(Path.of("runs/reverse"), Split.TEST);
 * }</pre>
 *
 * <p>A trained model is used with {@link org.seq4j.core.run.Translator}.
 */
public final class Experiment {
  private final ExperimentConfig config;
  private final Path directory;

  private Experiment(ExperimentConfig config, Path directory) {
    this.config = config;
    this.directory = directory;
  }

  /**
   * Reads an experiment, with the components on the class path.
   *
   * @throws org.seq4j.core.config.ConfigException if anything is wrong with it, or a file that it
   *     names is not there; it tells of all problems at once
   */
  public static Experiment load(Path config) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads an experiment.
   *
   * @param registry the components that it may name
   * @param overrides values that take the place of the file's, "training.epochs=3"
   * @throws org.seq4j.core.config.ConfigException if anything is wrong with it, or a file that it
   *     names is not there; it tells of all problems at once
   */
  public static Experiment load(Path config, ComponentRegistry registry, List<String> overrides) {
    throw new UnsupportedOperationException();
  }

  /**
   * The experiment that a run was made of, from the run's folder.
   *
   * @param overrides values that take the place of the run's, "evaluation.metrics=[ser]"
   * @throws org.seq4j.core.config.ConfigException if anything is wrong with its configuration
   * @throws org.seq4j.core.run.RunException if this is not the folder of a run
   */
  public static Experiment ofRun(Path run, ComponentRegistry registry, List<String> overrides) {
    throw new UnsupportedOperationException();
  }

  /** What the file says, with every default filled in and paths resolved. */
  public ExperimentConfig config() {
    return config;
  }

  /** The folder that relative paths start from. */
  public Path directory() {
    return directory;
  }

  /**
   * Trains a model in a new folder, until it is done.
   *
   * @see #train(Path, StopSignal, TrainingListener...)
   */
  public TrainingResult train(Path run, TrainingListener... listeners) {
    return train(run, new StopSignal(), listeners);
  }

  /**
   * Trains a model in a new folder. Nothing is written before the data have been read.
   *
   * @param run the folder, which is made
   * @param stop ends training after the step at which it is requested; the run can then go on
   * @throws RunExistsException if the folder holds a run already
   * @throws org.seq4j.trainer.data.DataException if something is wrong in a data file
   * @throws org.seq4j.trainer.training.TrainingException if training fails; what was saved stays
   * @throws org.seq4j.core.run.RunException if the run cannot be written
   */
  public TrainingResult train(Path run, StopSignal stop, TrainingListener... listeners) {
    throw new UnsupportedOperationException();
  }

  /**
   * Goes on with a run that was stopped.
   *
   * @see #resume(Path, StopSignal, TrainingListener...)
   */
  public TrainingResult resume(Path run, TrainingListener... listeners) {
    return resume(run, new StopSignal(), listeners);
  }

  /**
   * Goes on with a run from its last checkpoint, exactly as if it had not been stopped: the weights
   * at the end are the same, bit for bit. The experiment must be the one that the run was begun
   * with, but for its name, {@code training.epochs}, {@code training.max_steps} and {@code
   * training.early_stopping}.
   *
   * @throws org.seq4j.core.run.RunException if there is no run, or its checkpoint is damaged
   * @throws org.seq4j.trainer.training.TrainingException if the experiment or its data are not the
   *     run's; it names what differs
   */
  public TrainingResult resume(Path run, StopSignal stop, TrainingListener... listeners) {
    throw new UnsupportedOperationException();
  }

  /**
   * Has the model of a run answer a split of this experiment's data, with the configured search,
   * and scores the answers.
   *
   * @throws org.seq4j.trainer.training.TrainingException if the experiment has no such split
   */
  public Evaluation evaluate(Path run, Split split) {
    throw new UnsupportedOperationException();
  }

  /** Has the model of a run answer examples, and scores the answers. */
  public Evaluation evaluate(Path run, List<Example> examples) {
    throw new UnsupportedOperationException();
  }
}
