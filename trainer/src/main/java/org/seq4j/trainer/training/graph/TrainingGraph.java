package org.seq4j.trainer.training.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.training.Objective;
import org.seq4j.core.training.Optimizer;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.graph.ParameterGradient;
import org.seq4j.runtime.graph.Parameters;
import org.seq4j.runtime.graph.Profile;
import org.seq4j.runtime.inference.Predictor;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.model.SamplingPolicy;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.SequenceInput;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.seq4j.trainer.objective.Loss;
import org.seq4j.trainer.objective.Objectives;
import org.seq4j.trainer.objective.RiskBatch;
import org.seq4j.trainer.objective.RiskInput;
import org.seq4j.trainer.objective.RiskSampler;
import org.seq4j.trainer.objective.Teacher;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.seq4j.trainer.training.state.DivergedException;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.PlaceholderWithDefault;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A model with the ops of training and inference over the same variables, for batches of any size
 * and length. It owns their native memory.
 *
 * <p>Researchers can write their own training loop with it. {@code Trainer} runs its steps over an
 * experiment's data, with validation and checkpoints in between.
 */
public final class TrainingGraph implements AutoCloseable {
  private final ModelGraph graph;
  private final SequenceInput source;
  private final SequenceInput target;
  private final Optional<RiskSampler> candidates; // which replace the batch
  private final Optional<RiskInput> risk;
  private final Optional<AlignmentInput> alignment;
  private final Optional<TeacherInput> teachers; // of distillation
  private final Loss loss;
  private final Optional<Accumulation> accumulation; // present with several micro-batches
  private final int microBatches;
  private final boolean averages; // moving averages of weights
  private final float baseRate;
  private final Placeholder<TFloat32> learningRate; // scalar
  private final PlaceholderWithDefault<TFloat32> truth; // scalar
  private final PlaceholderWithDefault<TFloat32> additionalLosses; // scalar
  private final List<Operand<?>> computed; // loss and gradients of a run
  private final List<ParameterGradient> gradients; // unclipped
  private final Operand<TFloat32> gradientNorm; // scalar
  private final List<Op> updates;
  private final Predictor predictor;
  private final Set<String> frozen; // paths of parameters
  private final Optional<SourceStatistics> statistics;

  /**
   * The result of a step.
   *
   * @param loss the loss of the batch before the update, averaged over target tokens; for minimum
   *     risk, averaged over sources
   * @param gradientNorm the global norm of the gradients, before clipping
   */
  public record Step(double loss, double gradientNorm) {}

  private TrainingGraph(
      ModelGraph graph,
      Seq2SeqModel model,
      Optimizer optimizer,
      TrainingConfig config,
      Objectives objectives,
      Optional<RiskSampler> candidates,
      List<Teacher> taughtBy) {
    this.candidates = candidates;
    this.graph = graph;
    this.baseRate =
        (float) (double) config.learningRate().orElseGet(optimizer::defaultLearningRate);
    Scope scope = graph.trainingScope(config.precision());
    Ops tf = scope.tf();
    source = SequenceInput.of(tf, model.source(), model.copies());
    target = SequenceInput.of(tf, model.target(), model.copies());
    learningRate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    truth = tf.placeholderWithDefault(tf.constant(1f), Shape.scalar());
    additionalLosses = tf.placeholderWithDefault(tf.constant(1f), Shape.scalar());
    alignment =
        objectives.needs().contains(Objective.Input.ALIGNMENT)
            ? Optional.of(AlignmentInput.of(tf))
            : Optional.empty();
    teachers =
        taughtBy.isEmpty()
            ? Optional.empty()
            : Optional.of(TeacherInput.of(tf, taughtBy, model.target().tokens()));
    risk = objectives.risk(scope, model, source.batch(), target.batch(), graph.parts());
    loss =
        risk.map(RiskInput::loss)
            .orElseGet(() -> withTeacherForcing(scope, model, config, objectives));
    Set<String> trained = graph.parameters().takeRequested();
    microBatches = config.microBatches();
    averages = config.movingAverage() > 0;
    statistics = SourceStatistics.of(graph, model, source);
    Set<String> byModel = new HashSet<>(model.frozen());
    statistics.ifPresent(it -> byModel.addAll(SourceStatistics.paths()));
    frozen = FrozenParameters.of(byModel, config.freeze(), graph.parameters().paths());
    List<ParameterGradient> ofRun =
        gradients(microBatches == 1 ? loss.mean(tf) : loss.sum(), objectives);
    computed = new ArrayList<>(List.of(loss.sum()));
    ofRun.forEach(gradient -> computed.add(gradient.values()));
    accumulation =
        microBatches == 1 ? Optional.empty() : Optional.of(Accumulation.of(tf, ofRun, graph));
    gradients = accumulation.map(Accumulation::means).orElse(ofRun);
    Clipping clipped = Clipping.of(tf, gradients, config.clipValue(), config.clipNorm());
    gradientNorm = clipped.norm();
    updates = new ParameterUpdates(graph, optimizer, config, learningRate).of(clipped);
    predictor = Predictor.of(model, graph);
    SharedParameters.check(trained, graph.parameters().takeRequested());
  }

  private Loss withTeacherForcing(
      Scope scope, Seq2SeqModel model, TrainingConfig config, Objectives objectives) {
    return objectives.loss(
        scope,
        model,
        source.batch(),
        target.batch(),
        config.scheduledSampling().map(sampling -> new SamplingPolicy(truth, sampling.choice())),
        alignment.map(AlignmentInput::toLinks),
        teachers.map(input -> input.mean(scope.tf())),
        config.additionalLossesFrom() > 1 ? Optional.of(additionalLosses) : Optional.empty(),
        graph.parts());
  }

  private List<ParameterGradient> gradients(Operand<TFloat32> scalar, Objectives objectives) {
    return graph.gradients(scalar, objectives::mayLeave).stream()
        .filter(gradient -> !frozen.contains(gradient.path()))
        .toList();
  }

  /**
   * Builds the graph and initializes every variable.
   *
   * @param objectives the objectives to minimize
   * @param seed the seed of initial values and dropout
   * @return the graph, which the caller closes
   * @throws IllegalArgumentException if the model lacks an output that an objective needs
   */
  public static TrainingGraph build(
      Seq2SeqModel model,
      Optimizer optimizer,
      TrainingConfig config,
      Objectives objectives,
      long seed) {
    return build(model, optimizer, config, objectives, seed, Optional.empty(), List.of());
  }

  /**
   * Builds the graph.
   *
   * @param candidates a sampler of candidates, for a {@linkplain Objectives#sampled() sampled
   *     objective}
   * @param teachers the teachers of {@linkplain Objectives#taught() distillation}; the graph owns
   *     them as soon as this method returns
   */
  public static TrainingGraph build(
      Seq2SeqModel model,
      Optimizer optimizer,
      TrainingConfig config,
      Objectives objectives,
      long seed,
      Optional<RiskSampler> candidates,
      List<Teacher> teachers) {
    objectives.check(model);
    if (objectives.taught().isPresent() == teachers.isEmpty()) {
      throw new IllegalArgumentException("teachers are needed for distillation, and only for it");
    }
    if (objectives.sampled().isPresent() != candidates.isPresent()) {
      throw new IllegalArgumentException(
          "a sampler of candidates is needed for a sampled objective, and only for one");
    }
    if (config.scheduledSampling().isPresent()) {
      objectives.checkScheduledSampling();
    }
    ModelGraph graph = new ModelGraph(seed, config.effectiveThreads());
    boolean built = false;
    try {
      TrainingGraph training =
          new TrainingGraph(graph, model, optimizer, config, objectives, candidates, teachers);
      graph.initialize();
      built = true;
      return training;
    } finally {
      if (!built) {
        graph.close();
      }
    }
  }

  /** Runs a step with the configured learning rate. */
  public Step step(long number, Batch batch) {
    return step(number, batch, StepSettings.PLAIN);
  }

  /**
   * Runs a step.
   *
   * @param number the number of the step, from 1
   * @throws DivergedException if the loss or a gradient is NaN or infinite; the weights are then
   *     unchanged
   */
  public Step step(long number, Batch batch, StepSettings settings) {
    return accumulation
        .map(sums -> inTurn(number, batch, settings, sums))
        .orElseGet(() -> whole(number, batch, settings));
  }

  private Step whole(long number, Batch batch, StepSettings settings) {
    try {
      Outcome outcome = run(number, batch, settings, updates, List.of(gradientNorm));
      return new Step(outcome.loss() / outcome.tokens(), outcome.others().get(0));
    } catch (TFInvalidArgumentException e) {
      Outcome outcome = run(number, batch, settings, List.of(), List.of(gradientNorm));
      throw diverged(number, outcome.loss() / outcome.tokens(), outcome.others().get(0), e);
    }
  }

  /** Runs a step in micro-batches: accumulates their gradients, then updates. */
  private Step inTurn(long number, Batch batch, StepSettings settings, Accumulation sums) {
    int parts = parts(batch);
    double sum = 0;
    double tokens = 0;
    for (int part = 0; part < parts; part++) {
      Outcome outcome =
          run(
              run(number, part),
              batch.part(part, parts),
              settings,
              part == 0 ? sums.first() : sums.further(),
              List.of());
      sum += outcome.loss();
      tokens += outcome.tokens();
    }
    double mean = sum / tokens;
    try {
      return new Step(mean, update(number, settings, sums, (float) tokens, updates));
    } catch (TFInvalidArgumentException e) {
      throw diverged(number, mean, update(number, settings, sums, (float) tokens, List.of()), e);
    }
  }

  /** Runs {@code targets} on the accumulated gradients and returns their global norm. */
  private double update(
      long number, StepSettings settings, Accumulation sums, float tokens, List<Op> targets) {
    try (TInt64 step = TInt64.scalarOf(number);
        TInt64 worker = TInt64.scalarOf(settings.worker());
        TFloat32 divisor = TFloat32.scalarOf(tokens);
        TFloat32 rate = rate(settings)) {
      var runner =
          graph
              .session()
              .runner()
              .feed(graph.step(), step)
              .feed(graph.worker(), worker)
              .feed(learningRate, rate)
              .feed(sums.tokens(), divisor)
              .fetch(gradientNorm);
      targets.forEach(runner::addTarget);
      try (Result result = graph.run(runner)) {
        return scalar(result, 0);
      }
    }
  }

  /**
   * Returns the norm of each parameter's gradient, by path, without updating; empty where gradients
   * are accumulated over several runs.
   */
  public Map<String, Double> gradientNorms(long number, Batch batch, StepSettings settings) {
    if (accumulation.isPresent()) {
      return Map.of();
    }
    List<Operand<TFloat32>> halves = new ArrayList<>();
    gradients.forEach(each -> halves.add(graph.tf().nn.l2Loss(each.values())));
    Map<String, Double> norms = new LinkedHashMap<>();
    List<Double> found = run(number, batch, settings, List.of(), halves).others();
    for (int i = 0; i < found.size(); i++) {
      norms.put(gradients.get(i).path(), Math.sqrt(2 * found.get(i)));
    }
    return norms;
  }

  /**
   * Finds the operation in which a step yields NaN or infinity. It runs all operations without
   * updating.
   *
   * @return a description of the operation; empty if all values are finite
   */
  public Optional<String> findNonFinite(long number, Batch batch, StepSettings settings) {
    NanFinder search = new NanFinder(computed);
    int parts = parts(batch);
    for (int part = 0; part < parts; part++) {
      long run = run(number, part);
      Batch some = parts == 1 ? batch : batch.part(part, parts);
      Optional<String> found =
          search.find(tensors -> fetch(run, some, settings, List.of(), tensors));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Returns the number of micro-batches of a batch. */
  private int parts(Batch batch) {
    return Math.min(microBatches, batch.source().rows());
  }

  /** Returns the number of a micro-batch's run. It is unique, so that dropout differs. */
  private long run(long number, int part) {
    return (number - 1) * microBatches + part + 1;
  }

  private TFloat32 rate(StepSettings settings) {
    return TFloat32.scalarOf((float) learningRate(settings));
  }

  /** Returns the learning rate of a step. */
  public double learningRate(StepSettings settings) {
    return baseRate * settings.learningRate();
  }

  /** The sums over a batch, and other fetched values. */
  private record Outcome(double loss, double tokens, List<Double> others) {}

  private Outcome run(
      long step,
      Batch batch,
      StepSettings settings,
      List<Op> targets,
      List<Operand<TFloat32>> others) {
    List<Operand<?>> fetched = new ArrayList<>(List.of(loss.sum(), loss.count()));
    fetched.addAll(others);
    try (Result result = fetch(step, batch, settings, targets, fetched)) {
      List<Double> values = new ArrayList<>();
      for (int i = 2; i < fetched.size(); i++) {
        values.add(scalar(result, i));
      }
      return new Outcome(scalar(result, 0), scalar(result, 1), values);
    }
  }

  /** Runs ops of a step. The caller closes the result. */
  private Result fetch(
      long step,
      Batch batch,
      StepSettings settings,
      List<Op> targets,
      List<? extends Operand<?>> fetched) {
    Optional<RiskBatch> drawn =
        predictor instanceof TokenPredictor tokens
            ? candidates.map(
                it -> it.of(tokens, batch, ModelGraph.randomPosition(step, settings.worker())))
            : Optional.empty();
    try (SequenceInput.Feed ofSource =
            source.feed(drawn.map(RiskBatch::source).orElse(batch.source()));
        SequenceInput.Feed ofTarget =
            target.feed(drawn.map(RiskBatch::target).orElse(batch.target()));
        AlignmentInput.Feed ofAlignment = alignment.map(it -> it.feed(batch)).orElse(null);
        TeacherInput.Feed ofTeachers = teachers.map(it -> it.feed(batch)).orElse(null);
        RiskInput.Feed ofCosts = risk.map(it -> it.feed(drawn.orElseThrow())).orElse(null);
        TInt64 number = TInt64.scalarOf(step);
        TInt64 worker = TInt64.scalarOf(settings.worker());
        TFloat32 rate = rate(settings);
        TFloat32 share = TFloat32.scalarOf((float) settings.truth());
        TFloat32 additional = TFloat32.scalarOf((float) settings.additionalLosses())) {
      var runner =
          ofTarget
              .to(ofSource.to(graph.session().runner()))
              .feed(graph.step(), number)
              .feed(graph.worker(), worker)
              .feed(learningRate, rate)
              .feed(truth, share)
              .feed(additionalLosses, additional);
      if (ofCosts != null) {
        ofCosts.to(runner);
      }
      if (ofAlignment != null) {
        ofAlignment.to(runner);
      }
      if (ofTeachers != null) {
        ofTeachers.to(runner);
      }
      fetched.forEach(runner::fetch);
      targets.forEach(runner::addTarget);
      return graph.run(runner);
    }
  }

  /**
   * Converts a failed check of the gradients; other errors of TensorFlow are returned unchanged.
   */
  private static RuntimeException diverged(
      long number, double loss, double norm, TFInvalidArgumentException refused) {
    return Double.isFinite(loss) && Double.isFinite(norm)
        ? refused
        : new DivergedException(number, loss, norm);
  }

  private static double scalar(Result result, int index) {
    return ((TFloat32) result.get(index)).getFloat();
  }

  /** Profiles steps op by op until the result is closed. */
  public Profile profile() {
    return graph.profile();
  }

  /** Returns the model for inference, with the current parameters. */
  public Predictor predictor() {
    return predictor;
  }

  /** Returns the paths of trainable parameters, without the optimizer's slots. */
  public List<String> parameters() {
    return graph.parameters().paths().stream().filter(path -> !frozen.contains(path)).toList();
  }

  /** Returns the number of trainable values. */
  public long parameterCount() {
    Map<String, Shape> shapes = graph.parameters().shapes();
    return parameters().stream().mapToLong(path -> shapes.get(path).size()).sum();
  }

  /** Returns the values of parameters and of the optimizer's slots, by path. */
  public Map<String, SafeTensors.Array> read() {
    Map<String, Shape> shapes = graph.parameters().shapes();
    Map<String, SafeTensors.Array> arrays = new LinkedHashMap<>();
    graph
        .read()
        .forEach(
            (path, values) ->
                arrays.put(path, new SafeTensors.Array(shapes.get(path).asArray(), values)));
    return arrays;
  }

  /** Returns the parameters for inference: their moving averages, where they exist. */
  public Map<String, SafeTensors.Array> readForUse() {
    return forUse(read());
  }

  /** Selects the parameters for inference from the values that {@link #read} returned. */
  public Map<String, SafeTensors.Array> forUse(Map<String, SafeTensors.Array> all) {
    Map<String, SafeTensors.Array> used = new LinkedHashMap<>();
    for (String path : graph.parameters().paths()) {
      SafeTensors.Array average = all.get(Parameters.slotPath(path, ParameterUpdates.AVERAGE));
      used.put(path, average == null ? all.get(path) : average);
    }
    return used;
  }

  /** Runs work with the parameters of {@link #readForUse}, then restores the current ones. */
  public <T> T inUse(Supplier<T> work) {
    if (!averages) {
      return work.get();
    }
    Map<String, SafeTensors.Array> latest = read();
    assign(forUse(latest));
    try {
      return work.get();
    } finally {
      assign(latest);
    }
  }

  /** Sets variables to values that {@link #read} returned. */
  public void assign(Map<String, SafeTensors.Array> arrays) {
    Map<String, float[]> values = new LinkedHashMap<>();
    arrays.forEach((path, array) -> values.put(path, array.values()));
    graph.assign(values);
  }

  /** Sets some rows of an embedding table {@code [V, D]}. */
  public void assignRows(String path, Map<Integer, float[]> rows) {
    float[] values = graph.read().get(path);
    rows.forEach(
        (row, vector) -> System.arraycopy(vector, 0, values, row * vector.length, vector.length));
    graph.assign(Map.of(path, values));
  }

  /** Returns true if the encoder has statistics of the sources as parameters. */
  public boolean countsSources() {
    return statistics.isPresent();
  }

  /**
   * Sets the parameters of the encoder that are statistics of the training data.
   *
   * @param pieces the pairs of an epoch
   */
  public void countSources(Iterator<List<EncodedPair>> pieces) {
    statistics.orElseThrow().count(pieces);
  }

  @Override
  public void close() {
    graph.close();
    teachers.ifPresent(TeacherInput::close);
  }
}
