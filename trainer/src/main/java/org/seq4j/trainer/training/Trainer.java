package org.seq4j.trainer.training;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.core.training.Optimizer;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.inference.Predictor;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.SequenceSpace;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.runtime.search.CtcConfig;
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.trainer.data.batch.Batching;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.seq4j.trainer.data.batch.Shards;
import org.seq4j.trainer.data.batch.TrainPairs;
import org.seq4j.trainer.data.batch.TrainingData;
import org.seq4j.trainer.evaluation.Evaluator;
import org.seq4j.trainer.objective.CtcTargets;
import org.seq4j.trainer.objective.Distillation;
import org.seq4j.trainer.objective.Objectives;
import org.seq4j.trainer.objective.RiskSampler;
import org.seq4j.trainer.objective.Teacher;
import org.seq4j.trainer.schedule.FallConfig;
import org.seq4j.trainer.training.checkpoint.Checkpoint;
import org.seq4j.trainer.training.checkpoint.Checkpointer;
import org.seq4j.trainer.training.checkpoint.RunLock;
import org.seq4j.trainer.training.checkpoint.WarmStart;
import org.seq4j.trainer.training.config.EarlyStoppingConfig;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.seq4j.trainer.training.graph.FrozenParameters;
import org.seq4j.trainer.training.graph.OuterUpdate;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.graph.TrainingVariables;
import org.seq4j.trainer.training.log.TrainingLog;
import org.seq4j.trainer.training.state.TrainingException;
import org.seq4j.trainer.training.state.TrainingResult;
import org.seq4j.trainer.training.state.TrainingState;
import org.seq4j.trainer.training.step.StepSchedule;
import org.seq4j.trainer.training.step.Steppers;
import org.seq4j.trainer.training.step.WorkerPools;
import org.seq4j.trainer.training.validation.Validation;
import org.seq4j.trainer.training.validation.Validator;

/** Trains the model of an experiment. */
public final class Trainer {
  private static final int ANY_VOCABULARY = 10; // larger than the number of special tokens
  private static final Duration SAVE_EVERY = Duration.ofMinutes(10);

  private final long seed;
  private final TrainingConfig config;
  private final TranslationConfig model;
  private final ComponentContext context;
  private final ComponentRegistry registry;
  private final Optimizer optimizer;
  private final LearningRateSchedule schedule;
  private final Evaluator evaluator;
  private final Clock clock;
  private final WorkerPools pools;

  /**
   * Creates a trainer for an experiment.
   *
   * @param seed the random seed
   * @param model the config of the model
   * @param context the context to create components with
   * @param registry the components that teachers may name
   * @param evaluator the evaluator of answers at validation
   * @param clock the clock of the logs
   * @param pools starts the workers of training in rounds
   */
  @Inject
  public Trainer(
      @Named("seed") long seed,
      TrainingConfig config,
      TranslationConfig model,
      ComponentContext context,
      ComponentRegistry registry,
      Evaluator evaluator,
      Clock clock,
      WorkerPools pools) {
    this.seed = seed;
    this.config = config;
    this.model = model;
    this.context = context;
    this.registry = registry;
    this.optimizer = config.optimizer().create(context);
    this.schedule = config.schedule().create(context);
    this.evaluator = evaluator;
    this.clock = clock;
    this.pools = pools;
  }

  /**
   * Builds the model once with small vocabularies and frees it: components that are valid on their
   * own may have shapes that do not match. It loads TensorFlow.
   *
   * @return the paths of the model's parameters
   * @throws IllegalArgumentException if the model cannot be built
   */
  public List<String> verifyModel() {
    // uses the threads of training: a process's first session creates TensorFlow's thread pool
    try (ModelGraph graph = new ModelGraph(seed, config.effectiveThreads())) {
      Predictor.of(network(space(model.source()), space(model.target())), graph);
      return graph.parameters().paths();
    }
  }

  /**
   * Builds the graph of training once with small vocabularies and frees it. Sampled objectives and
   * teachers need data, without which only the model is built.
   *
   * @throws IllegalArgumentException if it cannot be built
   */
  public void verifyTraining() {
    Objectives objectives = objectives();
    if (objectives.sampled().isEmpty() && objectives.taught().isEmpty()) {
      Seq2SeqModel network = network(space(model.source()), space(model.target()));
      TrainingGraph.build(network, optimizer, config, objectives, seed).close();
    }
  }

  /**
   * Checks that every pattern of {@code training.freeze} matches a parameter, and that some
   * parameters stay trainable.
   *
   * @param paths the paths of the model's parameters
   * @throws IllegalArgumentException if a pattern matches none, or all parameters are frozen
   */
  public void verifyFreeze(List<String> paths) {
    FrozenParameters.of(List.of(), config.freeze(), paths);
  }

  private SequenceSpace space(SequenceConfig side) {
    if (!side.hasVocabulary()) {
      return SequenceCodec.withoutVocabulary(side, context).space();
    }
    SequenceSpace space = SequenceSpace.ofTokens(ANY_VOCABULARY);
    Tokenizer tokenizer = side.createTokenizer(context);
    return ComponentException.notNull(tokenizer, "columns", tokenizer.columns())
        .map(
            it ->
                space.withColumns(
                    new SequenceSpace.Columns(it.count(), Vocabulary.END + 1, it.aligned())))
        .orElse(space);
  }

  private Seq2SeqModel network(SequenceSpace source, SequenceSpace target) {
    CtcConfig ctc = model.search().ctc();
    Seq2SeqModel network = new Seq2SeqModel(model.model(), source, target, context);
    return ctc.isUsed()
        ? network.withCtc(ctc.isAlone() ? Seq2SeqModel.CtcUse.ALONE : Seq2SeqModel.CtcUse.AVAILABLE)
        : network;
  }

  /**
   * Trains from the beginning.
   *
   * @param run the folder of checkpoints and logs
   * @param claim starts the run and locks its folder; called after the graph is built, and the lock
   *     is released at the end
   * @return the result; empty if a stop was requested before {@code claim} was called, so that
   *     nothing was written
   * @throws TrainingException if training fails
   * @throws org.seq4j.runtime.io.RunException if the run cannot be written
   */
  @SuppressWarnings("try") // the lock only needs to be held
  public Optional<TrainingResult> train(
      TrainingData data,
      RunDirectory run,
      Supplier<RunLock> claim,
      StopSignal stop,
      List<TrainingListener> listeners) {
    try (TrainingGraph graph = begun(data)) {
      if (stop.isRequested()) {
        return Optional.empty();
      }
      Optional<WarmStart.Taken> taken =
          config.startFrom().map(from -> WarmStart.apply(from, graph, data));
      try (RunLock lock = claim.get()) {
        taken.ifPresent(new Listeners(listeners)::warmStarted);
        return Optional.of(fit(variables(graph), data, run, Optional.empty(), stop, listeners));
      }
    }
  }

  /**
   * Resumes from the latest intact checkpoint, or from the beginning if training stopped before the
   * first one. The caller holds the {@link RunLock} of the run.
   *
   * @throws TrainingException if training fails
   * @throws org.seq4j.runtime.io.RunException if all checkpoints are damaged, the latest belongs to
   *     another model, or the run cannot be written
   */
  public TrainingResult resume(
      TrainingData data, RunDirectory run, StopSignal stop, List<TrainingListener> listeners) {
    Optional<Checkpoint> checkpoint =
        Checkpoint.latest(run, new Listeners(listeners)::checkpointDamaged);
    try (TrainingGraph graph = checkpoint.isPresent() ? build(data) : begun(data)) {
      TrainingVariables variables = variables(graph);
      checkpoint.ifPresent(saved -> saved.restore(variables, run));
      return fit(variables, data, run, checkpoint, stop, listeners);
    }
  }

  private TrainingVariables variables(TrainingGraph graph) {
    return new TrainingVariables(graph, new OuterUpdate(config.outer(), graph));
  }

  private TrainingResult fit(
      TrainingVariables variables,
      TrainingData data,
      RunDirectory run,
      Optional<Checkpoint> checkpoint,
      StopSignal stop,
      List<TrainingListener> listeners) {
    TrainingGraph graph = variables.graph();
    List<TrainPairs> shards = shards(data);
    TrainingState state =
        checkpoint.map(Checkpoint::state).orElseGet(() -> TrainingState.start(seed));
    Map<String, Boolean> measures = data.hasDev() ? measures() : Map.of();
    boolean higherIsBetter = measures.getOrDefault(config.watched(), false);
    cutSchedule(shards.get(0)).ifPresent(new Listeners(listeners)::warned);
    ctcNote(graph, data).ifPresent(new Listeners(listeners)::warned);
    try (TrainingLog journal =
        new TrainingLog(run, checkpoint.map(Checkpoint::logSize).orElse(0L), state.step(), clock)) {
      Checkpointer saver =
          new Checkpointer(
              variables,
              run,
              journal,
              config.checkpoints(),
              higherIsBetter,
              SAVE_EVERY,
              checkpoint);
      StoppingCriteria course = new StoppingCriteria(config);
      StepSchedule pace =
          new StepSchedule(
              schedule,
              lastStep(shards.get(0)),
              config.scheduledSampling(),
              config.additionalLossesFrom(),
              measures);
      return new TrainingLoop(
              course,
              new Steppers(config, variables, data, shards, saver, pace, course::roundLength),
              pools,
              graph,
              data,
              data.hasDev()
                  ? Optional.of(validation(graph, data, higherIsBetter))
                  : Optional.empty(),
              journal,
              saver,
              stop,
              new Listeners(listeners),
              state.watching(config.watched()))
          .run();
    }
  }

  /** Returns the pairs of each worker. */
  private List<TrainPairs> shards(TrainingData data) {
    try {
      return Shards.of(data.train(), config.workers());
    } catch (IllegalArgumentException e) {
      throw new TrainingException("training.workers: " + e.getMessage(), e);
    }
  }

  /** Returns the number of the last step of a worker with these pairs, if it is known. */
  private OptionalLong lastStep(TrainPairs ofWorker) {
    OptionalInt pairs =
        ofWorker.lengths().map(it -> OptionalInt.of(it.size())).orElseGet(OptionalInt::empty);
    return new StoppingCriteria(config).lastStep(pairs);
  }

  /**
   * Checks that a schedule which takes its length from training knows it.
   *
   * @throws TrainingException if it does not
   */
  private void checkSchedule(TrainingData data) {
    if (config.schedule().config() instanceof FallConfig fall) {
      try {
        fall.share(new LearningRateSchedule.Progress(1, lastStep(data.train()), Map.of()));
      } catch (IllegalArgumentException e) {
        throw new TrainingException("training.schedule: " + e.getMessage(), e);
      }
    }
  }

  /** Returns the targets that CTC can align; empty if training does not have this objective. */
  public Optional<CtcTargets> ctcTargets() {
    if (!CtcTargets.areTrained(config.objectives())) {
      return Optional.empty();
    }
    try (ModelGraph graph = new ModelGraph(seed, config.effectiveThreads())) {
      Seq2SeqModel network = network(space(model.source()), space(model.target()));
      return Optional.of(new CtcTargets(Predictor.of(network, graph).stride()));
    }
  }

  /** Returns a warning if CTC cannot align some of the examples in memory. */
  private Optional<String> ctcNote(TrainingGraph graph, TrainingData data) {
    if (!CtcTargets.areTrained(config.objectives()) || data.train().all().isEmpty()) {
      return Optional.empty();
    }
    CtcTargets targets = new CtcTargets(graph.predictor().stride());
    List<EncodedPair> pairs = data.train().all().get().pairs();
    long count = pairs.stream().filter(it -> !targets.canAlign(it.source(), it.target())).count();
    return targets.note("train", count, pairs.size());
  }

  /** Returns a warning if training may end before the learning rate has fallen. */
  private Optional<String> cutSchedule(TrainPairs ofWorker) {
    if (!(config.schedule().config() instanceof FallConfig fall)) {
      return Optional.empty();
    }
    OptionalLong last = lastStep(ofWorker);
    if (fall.steps().isPresent() && last.isPresent() && fall.steps().get() > last.getAsLong()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the schedule %s falls until step %d, but training ends at step %d, before the"
                  + " learning rate has fallen: remove steps from the schedule, or train longer",
              config.schedule().type(),
              fall.steps().get(),
              last.getAsLong()));
    }
    return config
        .stopAfter()
        .map(
            limit ->
                "training.stop_after may end training before the schedule %s has lowered the learning rate to its end"
                    .formatted(config.schedule().type()));
  }

  /** Creates the objectives, which only training needs; evaluation works without them. */
  private Objectives objectives() {
    try {
      return Objectives.of(config.objectives(), context);
    } catch (ComponentException e) { // its message names the key
      throw e;
    } catch (IllegalArgumentException e) {
      throw new TrainingException("training.objectives: " + e.getMessage(), e);
    }
  }

  private Optional<RiskSampler> candidates(Objectives objectives, SequenceCodec codec) {
    return codec instanceof TextCodec target
        ? objectives.sampled().map(objective -> objective.sampler(target, seed))
        : Optional.empty();
  }

  /**
   * Searches for a learning rate with a model that is discarded; writes nothing.
   *
   * @throws TrainingException if the model cannot be built, or the first step fails
   */
  public LearningRateSearch findLearningRate(TrainingData data, LearningRateSearch.Range range) {
    try (TrainingGraph graph = begun(data)) {
      return LearningRateSearch.run(graph, config, data, range, seed);
    }
  }

  /**
   * Measures a few steps with a model that is discarded; writes nothing.
   *
   * @throws TrainingException if the model cannot be built, or a step fails
   */
  public TrainingCost measureCost(TrainingData data) {
    try (TrainingGraph graph = build(data)) {
      return TrainingCost.measure(graph, config, data, seed);
    }
  }

  /** Returns the measures of validation by name; the value is true if higher is better. */
  private Map<String, Boolean> measures() {
    Map<String, Boolean> measures = new LinkedHashMap<>();
    measures.put(EarlyStoppingConfig.LOSS, false);
    evaluator.names().forEach(name -> measures.put(name, evaluator.higherIsBetter(name)));
    return measures;
  }

  /** Builds the graph of a new run, with the statistics of the data that it needs. */
  private TrainingGraph begun(TrainingData data) {
    TrainingGraph graph = build(data);
    if (!graph.countsSources()) {
      return graph;
    }
    if (!data.train().divided().isEmpty()) {
      graph.close();
      throw new TrainingException(
          "the encoder needs statistics of all sources, which only one process has: set training.workers to 1",
          null);
    }
    try (TrainPairs.Pieces pieces = data.train().epoch(seed, 0)) {
      graph.countSources(pieces);
      return graph;
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  private TrainingGraph build(TrainingData data) {
    checkSchedule(data);
    return withVectors(graph(data.source(), data.target()), data);
  }

  /**
   * Builds the graph of training, with random weights. The caller closes it.
   *
   * @throws TrainingException if the model cannot be built
   */
  public TrainingGraph graph(SequenceCodec source, SequenceCodec target) {
    Seq2SeqModel network = network(source.space(), target.space());
    Objectives objectives = objectives();
    Optional<RiskSampler> candidates = candidates(objectives, target);
    List<Teacher> teachers = teachers(objectives, source, target);
    boolean built = false;
    try {
      TrainingGraph graph =
          TrainingGraph.build(network, optimizer, config, objectives, seed, candidates, teachers);
      built = true;
      return graph;
    } catch (IllegalArgumentException e) {
      throw new TrainingException("the model cannot be built: " + e.getMessage(), e);
    } finally {
      if (!built) {
        teachers.forEach(Teacher::close);
      }
    }
  }

  /** Loads the teachers of distillation; closes those that are open if one cannot be loaded. */
  private List<Teacher> teachers(
      Objectives objectives, SequenceCodec source, SequenceCodec target) {
    List<Teacher> teachers = new ArrayList<>();
    if (objectives.taught().isEmpty()) {
      return teachers;
    }
    Distillation distillation = objectives.taught().get();
    try {
      for (Path run : distillation.teachers()) {
        teachers.add(
            Teacher.open(
                context.directory().resolve(run),
                registry,
                source,
                target,
                distillation.temperature(),
                config.effectiveThreads()));
      }
      return teachers;
    } catch (RuntimeException | Error e) {
      teachers.forEach(Teacher::close);
      throw e;
    }
  }

  /** Initializes embeddings with pretrained vectors; closes the graph if that fails. */
  private static TrainingGraph withVectors(TrainingGraph graph, TrainingData data) {
    try {
      data.vectors().forEach((path, vectors) -> graph.assignRows(path, vectors.rows()));
      return graph;
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  private Validation validation(TrainingGraph graph, TrainingData data, boolean higherIsBetter) {
    Batching batching = new Batching(config.batch());
    return new Validation(
        new Validator(graph.predictor(), data, batching, evaluator, model, context),
        config.watched(),
        higherIsBetter);
  }
}
