package org.seq4j.trainer.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.data.Example;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigProblem;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.config.ConfigTree;
import org.seq4j.runtime.config.SourceLocation;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.TrainingData;
import org.seq4j.trainer.data.corpus.CorpusFormats;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.report.Provenance;
import org.seq4j.trainer.report.Report;
import org.seq4j.trainer.training.LearningRateSearch;
import org.seq4j.trainer.training.StopSignal;
import org.seq4j.trainer.training.TrainingException;
import org.seq4j.trainer.training.TrainingListener;
import org.seq4j.trainer.training.TrainingResult;
import org.seq4j.trainer.training.checkpoint.RunLock;
import org.seq4j.trainer.wiring.ExperimentParts;

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
  private final ExperimentConfig config;
  private final ComponentContext context;
  private final ComponentRegistry registry;
  private final ExperimentParts parts;
  private final Optional<ConfigTree> tree; // what it was read from

  private Experiment(
      ExperimentConfig given,
      ComponentContext context,
      ComponentRegistry registry,
      Optional<ConfigTree> tree) {
    this.tree = tree;
    this.config = given.withAbsolutePaths(context.directory());
    this.context = context;
    this.registry = registry;
    this.parts =
        ExperimentParts.of(
            config.seed(),
            config.data(),
            config.translation(),
            config.training(),
            config.evaluation(),
            context,
            registry);
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
   * Reads an experiment.
   *
   * @param registry the components that it may name
   * @param overrides values that take the place of the file's, "training.epochs=3"
   * @throws ConfigException if anything is wrong with it, or a file that it names is not there; it
   *     tells of all problems at once
   */
  public static Experiment load(Path config, ComponentRegistry registry, List<String> overrides) {
    ConfigReader reader = new ConfigReader(registry);
    ConfigTree tree = reader.read(config, overrides);
    ExperimentConfig bound = reader.bind(tree, ExperimentConfig.class);
    ComponentContext context = new ComponentContext(config.toAbsolutePath().getParent());
    List<ConfigProblem> problems =
        ExperimentCheck.problems(bound, tree, context, CorpusFormats.of(registry, context));
    if (!problems.isEmpty()) {
      throw new ConfigException(config, problems);
    }
    return new Experiment(bound, context, registry, Optional.of(tree));
  }

  /**
   * The experiment that a run was made of, from the run's folder. Its data need not be there any
   * more.
   *
   * @param overrides values that take the place of the run's, "evaluation.metrics=[ser]"
   * @throws ConfigException if anything is wrong with its configuration
   * @throws RunException if this is not the folder of a run
   */
  public static Experiment ofRun(Path run, ComponentRegistry registry, List<String> overrides) {
    RunDirectory directory = existing(run);
    ConfigReader reader = directory.configReader(registry);
    ConfigTree tree = directory.configTree(reader, overrides);
    ExperimentConfig bound = reader.bind(tree, ExperimentConfig.class);
    return new Experiment(
        bound, new ComponentContext(directory.path()), registry, Optional.of(tree));
  }

  private static RunDirectory existing(Path run) {
    RunDirectory directory = new RunDirectory(run);
    if (!directory.exists()) {
      throw new RunException(
          run + " is not the folder of a run: it has no " + directory.config().getFileName());
    }
    return directory;
  }

  /**
   * An experiment that a program describes.
   *
   * @param directory the folder that relative paths start from
   * @param registry the components whose origins the run notes, and with which it is read
   * @throws org.seq4j.core.plugin.ComponentException if a component refuses its configuration
   */
  public static Experiment of(ExperimentConfig config, Path directory, ComponentRegistry registry) {
    return new Experiment(config, new ComponentContext(directory), registry, Optional.empty());
  }

  /** What the file says, with every default filled in and paths resolved. */
  public ExperimentConfig config() {
    return config;
  }

  /** The folder that relative paths start from. */
  public Path directory() {
    return context.directory();
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
    List<String> paths;
    try {
      paths = parts.trainer().verifyModel();
    } catch (IllegalArgumentException e) {
      throw problem("model", "the model cannot be built: " + e.getMessage());
    }
    try {
      parts.trainer().verifyFreeze(paths);
    } catch (IllegalArgumentException e) {
      throw problem("training.freeze", e.getMessage().replaceFirst("^training.freeze: ", ""));
    }
  }

  /**
   * Checks that the run is there whose weights training is to begin with; to go on, it need not be
   * there any more.
   *
   * @throws ConfigException if it is not
   */
  public void verifyStart() {
    config
        .training()
        .startFrom()
        .filter(from -> !new RunDirectory(from.run()).exists())
        .ifPresent(
            from -> {
              throw problem(
                  "training.start_from.run",
                  from.run()
                      + " is not the folder of a run. Train that one first, or name another");
            });
  }

  private ConfigException problem(String path, String message) {
    return tree.map(read -> new ConfigException(read.file(), List.of(read.problem(path, message))))
        .orElseGet(
            () ->
                new ConfigException(
                    Path.of(config.name()),
                    List.of(new ConfigProblem(new SourceLocation(0, 0, ""), path, message))));
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
    long started = System.nanoTime();
    return begin(new RunDirectory(run), stop, listeners)
        .orElseGet(
            () -> TrainingResult.notBegun(run, Duration.ofNanos(System.nanoTime() - started)));
  }

  /** Nothing if it is asked to stop before anything is written. */
  private Optional<TrainingResult> begin(
      RunDirectory run, StopSignal stop, TrainingListener... listeners) {
    RunFiles files = new RunFiles(run, tree);
    files.checkNew();
    if (stop.isRequested()) {
      return Optional.empty();
    }
    verifyStart();
    verifyModel();
    if (stop.isRequested()) {
      return Optional.empty();
    }
    TrainingData data = parts.preparation().prepare();
    if (stop.isRequested()) {
      return Optional.empty();
    }
    Provenance provenance = provenance();
    return parts
        .trainer()
        .train(
            data,
            run,
            () -> files.begin(config, data.source(), data.target(), provenance),
            stop,
            List.of(listeners));
  }

  private Provenance provenance() {
    return Provenance.current(
        config.name(),
        config.seed(),
        config.training().effectiveThreads(),
        Instant.now(),
        registry,
        DataFiles.of(config, parts.dataset()).files());
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
  @SuppressWarnings("try") // a lock works by being held
  public void importWeights(Path run, Map<String, SafeTensors.Array> weights) {
    RunDirectory directory = new RunDirectory(run);
    RunFiles files = new RunFiles(directory, tree);
    files.checkNew();
    verifyModel();
    List<SequenceCodec> codecs = parts.preparation().codecs(source -> false);
    ImportedWeights imported =
        ImportedWeights.of(weights, config.model(), codecs.get(0), codecs.get(1), context);
    Provenance provenance = provenance();
    try (RunLock lock = files.begin(config, codecs.get(0), codecs.get(1), provenance)) {
      imported.write(directory);
    }
  }

  /**
   * Looks for a learning rate to begin with, in a short training that nothing is kept of.
   *
   * @throws ConfigException if the model cannot be built
   * @throws DataException if something is wrong in a data file
   * @throws TrainingException if the first step fails
   */
  public LearningRateSearch findLearningRate(LearningRateSearch.Range range) {
    verifyModel();
    return parts.trainer().findLearningRate(parts.preparation().prepare(), range);
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
  @SuppressWarnings("try") // a lock works by being held
  public TrainingResult resume(Path run, StopSignal stop, TrainingListener... listeners) {
    RunDirectory directory = existing(run);
    try (RunLock lock = RunLock.take(directory)) {
      return goOn(directory, stop, listeners);
    }
  }

  /**
   * Why a run cannot go on with this experiment: the keys whose values are others than it was begun
   * with, a line each. What says only how far to go may differ.
   */
  public List<String> differences(RunDirectory run) {
    return differences(run, TokenizerFiles.of(config, run));
  }

  private List<String> differences(RunDirectory run, TokenizerFiles tokenizers) {
    return ConfigDifference.between(
        ofRun(run.path(), registry, List.of()).config(), tokenizers.config());
  }

  private TrainingResult goOn(RunDirectory run, StopSignal stop, TrainingListener... listeners) {
    TokenizerFiles tokenizers = TokenizerFiles.of(config, run);
    List<String> differences = differences(run, tokenizers);
    if (!differences.isEmpty()) {
      throw new TrainingException(
          "%s cannot go on with another experiment than it was begun with:\n  %s\nSet these back, or train anew in another folder. What may change: %s"
              .formatted(run.path(), String.join("\n  ", differences), ConfigDifference.free()));
    }
    verifyModel();
    RunFiles files = new RunFiles(run, tree);
    files.checkData(DataFiles.of(config, parts.dataset()));
    tokenizers.checkSame();
    TrainingData data =
        parts.preparation().prepare(files.sourceVocabulary(config), files.targetVocabulary(config));
    files.writeConfig(tokenizers.config());
    return parts.trainer().resume(data, run, stop, List.of(listeners));
  }

  /** The data, and the sides with their vocabularies, for looking at them before training. */
  public DataInspection inspectData() {
    return new DataInspection(config, parts.dataset(), parts.preparation());
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
    List<Example> examples = parts.dataset().read(split);
    if (examples.isEmpty()) {
      String name = split.name().toLowerCase(Locale.ROOT);
      throw new DataException(
          "the experiment has no data to evaluate on under data.%s: add it, or choose another split"
              .formatted(name));
    }
    return examples;
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
   * Has the model of a checkpoint answer examples, with the configured search, and scores the
   * answers.
   *
   * @param checkpoint one of the run's, as {@link RunDirectory#checkpoint(String)} gives it
   * @param examples at least one
   * @throws RunException if something in the run is damaged
   */
  public Evaluation evaluate(RunDirectory run, Path checkpoint, List<Example> examples) {
    try (LoadedRun loaded = LoadedRun.open(run, checkpoint, registry)) {
      return evaluate(loaded.translator(), examples);
    }
  }

  /**
   * Has a model, or several together, answer examples, with this experiment's search, and scores
   * the answers.
   *
   * @param examples at least one
   */
  public Evaluation evaluate(Translator translator, List<Example> examples) {
    return parts.evaluator().evaluate(translator, examples, config.search());
  }

  /**
   * All that is known of a run of this experiment, for a page that explains it.
   *
   * @param split what the model is to answer; one that the experiment does not have is left out
   * @see org.seq4j.trainer.report.ReportPage
   * @throws RunException if something in the run is damaged
   */
  public Report report(RunDirectory run, SplitName split) {
    ReportMaker maker = new ReportMaker(this, run);
    if (run.bestCheckpoints().isEmpty() && run.lastCheckpoints().isEmpty()) {
      return maker.make(split, Optional.empty());
    }
    Path checkpoint = run.checkpoint();
    try (LoadedRun loaded = LoadedRun.open(run, checkpoint, registry)) {
      return maker.make(
          split, Optional.of(new ReportMaker.Model(loaded, checkpoint, parts.evaluator())));
    }
  }
}
