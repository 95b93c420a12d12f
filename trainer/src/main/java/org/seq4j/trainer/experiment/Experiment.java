package org.seq4j.trainer.experiment;

import com.google.inject.Module;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.data.Example;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.TrainingDataBuilder;
import org.seq4j.trainer.data.VocabularyCounter;
import org.seq4j.trainer.data.batch.PairEncoder;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.evaluation.Baseline;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.evaluation.MetricScore;
import org.seq4j.trainer.report.Report;
import org.seq4j.trainer.training.LearningRateSearch;
import org.seq4j.trainer.training.StopSignal;
import org.seq4j.trainer.training.TrainingCost;
import org.seq4j.trainer.training.TrainingListener;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.state.TrainingException;
import org.seq4j.trainer.training.state.TrainingResult;

/**
 * An experiment that a config file describes: data, model, training and evaluation.
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
   * @throws ConfigException if the config has errors or names a missing file; it lists all problems
   */
  public static Experiment load(Path config) {
    return load(config, new PluginLoader().classPath(), List.of());
  }

  /**
   * Reads an experiment and replaces some of its parts.
   *
   * @param modules Guice modules whose bindings replace Seq4j's own: listeners, formats, a clock;
   *     {@link org.seq4j.trainer.wiring} lists them
   * @see #load(Path, ComponentRegistry, List, Module...)
   */
  public static Experiment load(Path config, ComponentRegistry registry, Module... modules) {
    return load(config, registry, List.of(), modules);
  }

  /**
   * Reads an experiment.
   *
   * @param registry the components that it may name
   * @param overrides values that replace those of the file, "training.epochs=3"; relative paths
   *     start from the working directory
   * @param modules Guice modules whose bindings replace Seq4j's own
   * @throws ConfigException if the config has errors or names a missing file; it lists all problems
   */
  public static Experiment load(
      Path config, ComponentRegistry registry, List<String> overrides, Module... modules) {
    ConfigReader reader = new ConfigReader(registry);
    return new Experiment(
        ExperimentSetup.load(reader, config, registry, overrides, List.of(modules)));
  }

  /**
   * Reads an experiment as {@link #load(Path, ComponentRegistry, List, Module...)} does, with
   * overrides from a file in the config's folder, such as that of a sweep: their relative paths
   * start from that folder, not from the working directory.
   */
  public static Experiment loadTrial(
      Path config, ComponentRegistry registry, List<String> overrides, Module... modules) {
    ConfigReader reader = new ConfigReader(registry).withOverridesOfFile();
    return new Experiment(
        ExperimentSetup.load(reader, config, registry, overrides, List.of(modules)));
  }

  /**
   * Reads the experiment of a run from the run's folder. Its data files need not exist any more.
   *
   * @param overrides values that replace those of the run, "evaluation.metrics=[ser]"
   * @param modules Guice modules whose bindings replace Seq4j's own
   * @throws ConfigException if its config has errors
   * @throws RunException if the folder holds no run
   */
  public static Experiment ofRun(
      Path run, ComponentRegistry registry, List<String> overrides, Module... modules) {
    return new Experiment(ExperimentSetup.ofRun(run, registry, overrides, List.of(modules)));
  }

  /**
   * Creates an experiment from a config that a program builds.
   *
   * @param directory the folder that relative paths start from
   * @param registry the components; the run's provenance records where they come from. Components
   *     of the config that it lacks are added, see {@link #registry()}
   * @param modules Guice modules whose bindings replace Seq4j's own
   * @throws org.seq4j.core.plugin.ComponentException if a component refuses its configuration
   */
  public static Experiment of(
      ExperimentConfig config, Path directory, ComponentRegistry registry, Module... modules) {
    return new Experiment(ExperimentSetup.of(config, directory, registry, List.of(modules)));
  }

  /** Returns the config, with defaults filled in and paths resolved. */
  public ExperimentConfig config() {
    return setup.config();
  }

  /**
   * Returns the components that the experiment may name, with those that a program made its config
   * of: {@code Translator.load(run, experiment.registry())} uses a model of them.
   */
  public ComponentRegistry registry() {
    return setup.registry();
  }

  /** Returns the folder that relative paths start from. */
  public Path directory() {
    return setup.context().directory();
  }

  /**
   * Checks that the parts of the model fit together, which {@link #load} does not check: builds the
   * model once with small vocabularies, for inference and for training, and discards it. Training
   * makes the same checks. It reads no data but loads TensorFlow, which takes seconds.
   *
   * @throws ConfigException if the model cannot be built, with a problem at {@code model}, or if
   *     parameters to freeze do not exist, with a problem at {@code training.freeze}
   */
  public void verifyModel() {
    model.verifyWithTraining();
  }

  /**
   * Compares vocabularies that are given as files with the first thousand training examples.
   *
   * @return a warning for each side of which more than half of the tokens are unknown
   * @throws DataException if a vocabulary or the training data cannot be read
   */
  public List<String> vocabularyWarnings() {
    return setup.parts().preparation().checkGivenVocabularies();
  }

  /**
   * Checks that the run named by {@code training.start_from} exists. Only a new run needs it.
   *
   * @throws ConfigException if it does not exist
   */
  public void verifyStart() {
    model.verifyStart();
  }

  /**
   * Trains a model in a new folder until training ends.
   *
   * @see #train(Path, StopSignal, TrainingListener...)
   */
  public TrainingResult train(Path run, TrainingListener... listeners) {
    return train(run, new StopSignal(), listeners);
  }

  /**
   * Trains a model in a new folder. Writing starts only after the data are read and the graph is
   * built.
   *
   * @param run the folder, which is created
   * @param stop ends training after the step at which it is requested; the run can then be resumed.
   *     If it is requested before anything is written, no run is created: the result is {@link
   *     TrainingResult.Outcome#INTERRUPTED} with 0 steps, and listeners are not called
   * @throws RunExistsException if the folder holds a run already
   * @throws ConfigException if the model cannot be built
   * @throws DataException if a data file has an error
   * @throws TrainingException if training fails; saved checkpoints stay
   * @throws RunException if the run cannot be written, another process trains it, or the folder
   *     holds the remains of a run
   */
  public TrainingResult train(Path run, StopSignal stop, TrainingListener... listeners) {
    return training.train(run, stop, List.of(listeners));
  }

  /**
   * Creates a run from weights that another tool trained. The run can be used for translation or as
   * {@code training.start_from}. Vocabularies come from the files that the config names; without
   * such files, they are built from the training data.
   *
   * @param run the folder, which is created
   * @param weights by parameter path, in the shapes of Seq4j's parameters
   * @throws RunException if the folder already holds a run, or the weights do not match the model;
   *     the message names each difference
   * @throws ConfigException if the model cannot be built
   * @throws DataException if a data file has an error
   */
  public void importWeights(Path run, Map<String, SafeTensors.Array> weights) {
    training.importWeights(run, weights);
  }

  /**
   * Searches for an initial learning rate in a short training that saves nothing.
   *
   * @throws ConfigException if the model cannot be built
   * @throws DataException if a data file has an error
   * @throws TrainingException if the first step fails
   */
  public LearningRateSearch findLearningRate(LearningRateSearch.Range range) {
    return training.findLearningRate(range);
  }

  /**
   * Reads the data, builds the model and measures a few steps of training, which are discarded.
   *
   * @throws ConfigException if the model cannot be built
   * @throws DataException if a data file has an error
   * @throws TrainingException if a step fails
   */
  public TrainingCost measureCost() {
    return training.measureCost();
  }

  /**
   * Resumes an interrupted run.
   *
   * @see #resume(Path, StopSignal, TrainingListener...)
   */
  public TrainingResult resume(Path run, TrainingListener... listeners) {
    return resume(run, new StopSignal(), listeners);
  }

  /**
   * Resumes a run from its last checkpoint exactly: the final weights are bit for bit those of an
   * uninterrupted run. The experiment must be that of the run, except for its name, {@code
   * training.epochs}, {@code training.max_steps}, {@code training.stop_after}, {@code
   * training.early_stopping} and {@code training.checkpoints}.
   *
   * <p>This holds on a machine of the same kind with the same number of threads. Where {@code
   * training.threads} is not set, {@code provenance.json} records the number. If a finished run is
   * given more epochs or steps, the validation at its former end also counts for the best
   * checkpoint and for early stopping, even where none was due.
   *
   * @throws RunException if there is no run, its checkpoint is damaged, or another process trains
   *     it
   * @throws ConfigException if the model cannot be built
   * @throws TrainingException if the experiment or its data differ from the run's; the message
   *     names each difference
   */
  public TrainingResult resume(Path run, StopSignal stop, TrainingListener... listeners) {
    return training.resume(run, stop, List.of(listeners));
  }

  /**
   * Builds the graph of training for the vocabularies of a run, with random weights, such as for a
   * worker in another process. It reads neither data nor checkpoints. The caller closes it.
   *
   * @throws RunException if a vocabulary of the run is damaged
   * @throws TrainingException if the model cannot be built
   */
  public TrainingGraph trainingGraph(Path run) {
    return training.graph(ExperimentSetup.existing(run));
  }

  /**
   * Writes the files that a process elsewhere needs to count tokens and to encode training pairs of
   * this experiment: it reads them with {@link #ofRun}.
   *
   * @param folder a new folder
   * @param counted the counter of the training data's tokens; empty before it has counted
   */
  public void describe(Path folder, Optional<VocabularyCounter> counted) {
    training.describe(new RunDirectory(folder), counted);
  }

  /** Returns the builder of the data, for those that are in no file. */
  public TrainingDataBuilder dataBuilder() {
    return setup.parts().preparation();
  }

  /**
   * Returns the encoder of training pairs with the vocabularies of a run, or of a folder that
   * {@link #describe} has written.
   */
  public PairEncoder trainEncoder(Path run) {
    return training.encoder(new RunDirectory(run));
  }

  /**
   * Returns the keys in which this experiment differs from that of a run. Keys that set only how
   * long to train may change when it resumes; any other one prevents that.
   */
  public List<ConfigDifference.Change> differences(RunDirectory run) {
    return training.differences(run);
  }

  /** Returns statistics of the data and both vocabularies, to inspect before training. */
  public DataInspection inspectData() {
    return new DataInspection(
        setup.config(),
        setup.parts().dataset(),
        setup.parts().preparation(),
        setup.parts().trainer().ctcTargets());
  }

  /**
   * Evaluates the model of a run on a split of this experiment's data, with the configured search.
   *
   * @throws DataException if the experiment has no such split, or a data file has an error
   */
  public Evaluation evaluate(Path run, SplitName split) {
    return evaluate(run, examples(split));
  }

  /**
   * Returns the examples of a split.
   *
   * @throws DataException if the experiment has no such split, or a data file has an error
   */
  public List<Example> examples(SplitName split) {
    return evaluation.examples(split);
  }

  /**
   * Evaluates the model of a run on examples, with the configured search.
   *
   * @param examples at least one
   * @throws RunException if the folder holds no run, or a file in it is damaged
   */
  public Evaluation evaluate(Path run, List<Example> examples) {
    return evaluate(new RunDirectory(run), new RunDirectory(run).checkpoint(), examples);
  }

  /**
   * Evaluates the model of a checkpoint on examples, with the configured search.
   *
   * @param checkpoint a checkpoint of the run, see {@link RunDirectory#checkpoint(String)}
   * @param examples at least one
   * @throws RunException if a file in the run is damaged
   */
  public Evaluation evaluate(RunDirectory run, Path checkpoint, List<Example> examples) {
    return evaluation.evaluate(run, checkpoint, examples);
  }

  /** Evaluates a loaded model, or an ensemble, on examples, with the configured search. */
  public Evaluation evaluate(Translator translator, List<Example> examples) {
    return evaluation.evaluate(translator, examples);
  }

  /**
   * Returns a baseline of this experiment. It reads the training data if it needs them, when it
   * {@linkplain #score answers}.
   *
   * @param name a name, see {@link Baseline#of}
   * @throws IllegalArgumentException if there is no such baseline
   * @throws org.seq4j.trainer.data.corpus.DataException if the corpora do not have what it needs
   */
  public Baseline baseline(String name) {
    return evaluation.baseline(name);
  }

  /**
   * Scores a baseline on examples, to compare with {@linkplain #evaluate(Translator, List) a
   * model's scores}. Metrics that need the forced scores of a model are left out.
   *
   * @param translator the model, whose target tokenizer splits the answers for metrics of tokens
   */
  public List<MetricScore> score(Baseline baseline, Translator translator, List<Example> examples) {
    return evaluation.score(baseline, translator, examples);
  }

  /**
   * Collects the report of a run of this experiment.
   *
   * @param split the split to evaluate on; if the experiment has no such split, the report says so
   * @see org.seq4j.trainer.report.ReportPage
   * @throws RunException if a file in the run is damaged
   */
  public Report report(RunDirectory run, SplitName split) {
    return evaluation.report(new ReportMaker(this, run), run, split);
  }
}
