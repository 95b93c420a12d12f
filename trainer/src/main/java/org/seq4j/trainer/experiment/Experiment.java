package org.seq4j.trainer.experiment;

import com.google.inject.Module;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.seq4j.core.data.Example;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.report.Report;
import org.seq4j.trainer.training.LearningRateSearch;
import org.seq4j.trainer.training.StopSignal;
import org.seq4j.trainer.training.TrainingListener;
import org.seq4j.trainer.training.state.TrainingResult;

/**
 * An experiment as a file describes it: data, a model, and how to fit and to measure it.
 *
 * <pre>{@code
 * Experiment experiment = Experiment.load(Path.of("reverse.yaml"));
 * experiment.train(Path.of("runs/reverse"));
 * Evaluation evaluation = experiment.evaluate(Path.of("runs/reverse"), SplitName.TEST);
 * }</pre>
 *
 * <p>A trained model is used with {@link org.seq4j.runtime.translate.Translator}.
 */
public final class Experiment {
  private final ExperimentSetup setup;
  private final ModelCheck model;
  private final RunTraining training;
  private final RunEvaluation evaluation;

  private Experiment(ExperimentSetup setup) {
    this.setup = setup;
    this.model = new ModelCheck(setup);
    this.training = new RunTraining(setup, model);
    this.evaluation = new RunEvaluation(setup);
  }

  /**
   * Reads an experiment, with the components on the class path.
   *
   * @throws ConfigException if anything is wrong with it, or a file that it names is not there; it
   *     tells of all problems at once
   */
  public static Experiment load(Path config) {
    return load(config, new PluginLoader().classPath(), List.of());
  }

  /**
   * Reads an experiment, some parts of which a program changes.
   *
   * @param modules of Guice, whose bindings take the place of Seq4j's own: listeners, formats, a
   *     clock; {@link org.seq4j.trainer.wiring} lists them
   * @see #load(Path, ComponentRegistry, List, Module...)
   */
  public static Experiment load(Path config, ComponentRegistry registry, Module... modules) {
    return load(config, registry, List.of(), modules);
  }

  /**
   * Reads an experiment.
   *
   * @param registry the components that it may name
   * @param overrides values that take the place of the file's, "training.epochs=3"
   * @param modules of Guice, whose bindings take the place of Seq4j's own
   * @throws ConfigException if anything is wrong with it, or a file that it names is not there; it
   *     tells of all problems at once
   */
  public static Experiment load(
      Path config, ComponentRegistry registry, List<String> overrides, Module... modules) {
    return new Experiment(ExperimentSetup.load(config, registry, overrides, List.of(modules)));
  }

  /**
   * The experiment that a run was made of, from the run's folder. Its data need not be there any
   * more.
   *
   * @param overrides values that take the place of the run's, "evaluation.metrics=[ser]"
   * @param modules of Guice, whose bindings take the place of Seq4j's own
   * @throws ConfigException if anything is wrong with its configuration
   * @throws RunException if this is not the folder of a run
   */
  public static Experiment ofRun(
      Path run, ComponentRegistry registry, List<String> overrides, Module... modules) {
    return new Experiment(ExperimentSetup.ofRun(run, registry, overrides, List.of(modules)));
  }

  /**
   * An experiment that a program describes.
   *
   * @param directory the folder that relative paths start from
   * @param registry the components whose origins the run notes, and with which it is read
   * @param modules of Guice, whose bindings take the place of Seq4j's own
   * @throws org.seq4j.core.plugin.ComponentException if a component refuses its configuration
   */
  public static Experiment of(
      ExperimentConfig config, Path directory, ComponentRegistry registry, Module... modules) {
    return new Experiment(ExperimentSetup.of(config, directory, registry, List.of(modules)));
  }

  /** What the file says, with every default filled in and paths resolved. */
  public ExperimentConfig config() {
    return setup.config();
  }

  /** The folder that relative paths start from. */
  public Path directory() {
    return setup.context().directory();
  }

  /**
   * Checks that the parts of the model fit together, which {@link #load} does not see: builds the
   * model once, with small vocabularies, and throws it away. Training begins with this. It takes no
   * data, but TensorFlow, whose loading takes seconds.
   *
   * @throws ConfigException if the model cannot be built, with a problem at {@code model}, or what
   *     is to be frozen is not there, with one at {@code training.freeze}
   */
  public void verifyModel() {
    model.verify();
  }

  /**
   * Checks that the run is there whose weights training is to begin with; to go on, it need not be
   * there any more.
   *
   * @throws ConfigException if it is not
   */
  public void verifyStart() {
    model.verifyStart();
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
   * Trains a model in a new folder. Nothing is written before the data have been read and the graph
   * is built.
   *
   * @param run the folder, which is made
   * @param stop ends training after the step at which it is requested; the run can then go on. If
   *     it is requested before anything is written, nothing is: the result is {@link
   *     TrainingResult.Outcome#INTERRUPTED} with 0 steps, listeners hear nothing, and there is no
   *     run
   * @throws RunExistsException if the folder holds a run already
   * @throws ConfigException if the model cannot be built
   * @throws DataException if something is wrong in a data file
   * @throws TrainingException if training fails; what was saved stays
   * @throws RunException if the run cannot be written, another training writes it, or the folder
   *     holds what is left of one
   */
  public TrainingResult train(Path run, StopSignal stop, TrainingListener... listeners) {
    return training.train(run, stop, List.of(listeners));
  }

  /**
   * Makes a run of weights that were trained elsewhere: it can be used, and training can begin with
   * it. Vocabularies are those of the files that the config names; without any, those that training
   * would begin with.
   *
   * @param run the folder, which is made
   * @param weights by the paths of the parameters, in the shapes that they have here
   * @throws RunException if the folder is not free, or the weights are not those of the model; it
   *     names each that differs
   * @throws ConfigException if the model cannot be built
   * @throws DataException if something is wrong in a data file
   */
  public void importWeights(Path run, Map<String, SafeTensors.Array> weights) {
    training.importWeights(run, weights);
  }

  /**
   * Looks for a learning rate to begin with, in a short training that nothing is kept of.
   *
   * @throws ConfigException if the model cannot be built
   * @throws DataException if something is wrong in a data file
   * @throws TrainingException if the first step fails
   */
  public LearningRateSearch findLearningRate(LearningRateSearch.Range range) {
    return training.findLearningRate(range);
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
   * with, but for its name, {@code training.epochs}, {@code training.max_steps}, {@code
   * training.stop_after}, {@code training.early_stopping} and {@code training.checkpoints}.
   *
   * <p>Exactly means: on a machine of the same kind, with as many threads. Where {@code
   * training.threads} is left to the machine, {@code provenance.json} tells how many there were.
   * And where a run that had come to its end is given more epochs or steps, the validation at its
   * former end counts as well, if it was not due anyway: for the best checkpoint and for early
   * stopping.
   *
   * @throws RunException if there is no run, its checkpoint is damaged, or another training writes
   *     it
   * @throws ConfigException if the model cannot be built
   * @throws TrainingException if the experiment or its data are not the run's; it names what
   *     differs
   */
  public TrainingResult resume(Path run, StopSignal stop, TrainingListener... listeners) {
    return training.resume(run, stop, List.of(listeners));
  }

  /**
   * Why a run cannot go on with this experiment: the keys whose values are others than it was begun
   * with, a line each. What says only how far to go may differ.
   */
  public List<String> differences(RunDirectory run) {
    return training.differences(run);
  }

  /** The data, and the sides with their vocabularies, for looking at them before training. */
  public DataInspection inspectData() {
    return new DataInspection(setup.config(), setup.parts().dataset(), setup.parts().preparation());
  }

  /**
   * Has the model of a run answer a split of this experiment's data, with the configured search,
   * and scores the answers.
   *
   * @throws DataException if the experiment has no such split, or something is wrong in a file
   */
  public Evaluation evaluate(Path run, SplitName split) {
    return evaluate(run, examples(split));
  }

  /**
   * The examples of a split.
   *
   * @throws DataException if the experiment has no such split, or something is wrong in a file
   */
  public List<Example> examples(SplitName split) {
    return evaluation.examples(split);
  }

  /**
   * Has the model of a run answer examples, with the configured search, and scores the answers.
   *
   * @param examples at least one
   * @throws RunException if the folder is not that of a run, or something in it is damaged
   */
  public Evaluation evaluate(Path run, List<Example> examples) {
    return evaluate(new RunDirectory(run), new RunDirectory(run).checkpoint(), examples);
  }

  /**
   * The same with the model of a checkpoint.
   *
   * @param checkpoint one of the run's, as {@link RunDirectory#checkpoint(String)} gives it
   * @param examples at least one
   * @throws RunException if something in the run is damaged
   */
  public Evaluation evaluate(RunDirectory run, Path checkpoint, List<Example> examples) {
    return evaluation.evaluate(run, checkpoint, examples);
  }

  /** The same with a model, or several together, that are there already. */
  public Evaluation evaluate(Translator translator, List<Example> examples) {
    return evaluation.evaluate(translator, examples);
  }

  /**
   * All that is known of a run of this experiment, for a page that explains it.
   *
   * @param split what the model is to answer; one that the experiment does not have is left out
   * @see org.seq4j.trainer.report.ReportPage
   * @throws RunException if something in the run is damaged
   */
  public Report report(RunDirectory run, SplitName split) {
    return evaluation.report(new ReportMaker(this, run), run, split);
  }
}
