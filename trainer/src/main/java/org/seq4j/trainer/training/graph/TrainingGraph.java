package org.seq4j.trainer.training.graph;

import java.util.ArrayList;
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
import org.seq4j.trainer.objective.Loss;
import org.seq4j.trainer.objective.Objectives;
import org.seq4j.trainer.objective.RiskBatch;
import org.seq4j.trainer.objective.RiskInput;
import org.seq4j.trainer.objective.RiskSampler;
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
 * A model with the ops of a training step and those of its use, over the same variables, for
 * batches of any size and length. It owns all of that natively.
 *
 * <p>For researchers who write a loop of their own: {@code Trainer} makes these steps in the order
 * of an experiment's data, with validation and checkpoints between them.
 */
public final class TrainingGraph implements AutoCloseable {
  private final ModelGraph graph;
  private final SequenceInput source;
  private final SequenceInput target;
  private final Optional<RiskSampler> candidates; // which take the place of the batch
  private final Optional<RiskInput> risk;
  private final Optional<AlignmentInput> alignment;
  private final Loss loss;
  private final Optional<Accumulation> accumulation; // of micro-batches, if there are several
  private final int microBatches;
  private final boolean averages; // of weights
  private final float baseRate;
  private final Placeholder<TFloat32> learningRate; // scalar
  private final PlaceholderWithDefault<TFloat32> truth; // scalar
  private final List<Operand<?>> computed; // of a run with a batch: its loss and its gradients
  private final List<ParameterGradient> gradients; // unclipped
  private final Operand<TFloat32> gradientNorm; // scalar
  private final List<Op> updates;
  private final Predictor predictor;
  private final Set<String> frozen; // paths of parameters

  /**
   * What a step gave.
   *
   * @param loss of the batch before the update, an average over target tokens; of candidates that
   *     are drawn, over sources
   * @param gradientNorm of all gradients together, before clipping
   */
  public record Step(double loss, double gradientNorm) {}

  private TrainingGraph(
      ModelGraph graph,
      Seq2SeqModel model,
      Optimizer optimizer,
      TrainingConfig config,
      Objectives objectives,
      Optional<RiskSampler> candidates) {
    this.candidates = candidates;
    this.graph = graph;
    this.baseRate =
        (float) (double) config.learningRate().orElseGet(optimizer::defaultLearningRate);
    Scope scope = graph.scope(true);
    Ops tf = scope.tf();
    source = SequenceInput.of(tf, model.source(), model.copies());
    target = SequenceInput.of(tf, model.target(), model.copies());
    learningRate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    truth = tf.placeholderWithDefault(tf.constant(1f), Shape.scalar());
    alignment =
        objectives.needs().contains(Objective.Need.ALIGNMENT)
            ? Optional.of(AlignmentInput.of(tf))
            : Optional.empty();
    risk = objectives.risk(scope, model, source.batch(), target.batch(), graph.parts());
    loss =
        risk.map(RiskInput::loss)
            .orElseGet(() -> withTeacherForcing(scope, model, config, objectives));
    microBatches = config.microBatches();
    averages = config.movingAverage() > 0;
    frozen = FrozenParameters.of(model.frozen(), config.freeze(), graph.parameters().paths());
    List<ParameterGradient> ofRun = gradients(microBatches == 1 ? loss.mean(tf) : loss.sum());
    computed = new ArrayList<>(List.of(loss.sum()));
    ofRun.forEach(gradient -> computed.add(gradient.values()));
    accumulation =
        microBatches == 1 ? Optional.empty() : Optional.of(Accumulation.of(tf, ofRun, graph));
    gradients = accumulation.map(Accumulation::means).orElse(ofRun);
    Clipping clipped = Clipping.of(tf, gradients, config.clipValue(), config.clipNorm());
    gradientNorm = clipped.norm();
    updates = new ParameterUpdates(graph, optimizer, config, learningRate).of(clipped);
    predictor = Predictor.of(model, graph);
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
        graph.parts());
  }

  private List<ParameterGradient> gradients(Operand<TFloat32> scalar) {
    return graph.gradients(scalar).stream()
        .filter(gradient -> !frozen.contains(gradient.path()))
        .toList();
  }

  /**
   * Builds the graph and gives every variable its first value.
   *
   * @param objectives what is minimised
   * @param seed of first values and dropout
   * @return the graph, which is the caller's to close
   * @throws IllegalArgumentException if the model does not have what an objective takes
   */
  public static TrainingGraph build(
      Seq2SeqModel model,
      Optimizer optimizer,
      TrainingConfig config,
      Objectives objectives,
      long seed) {
    return build(model, optimizer, config, objectives, seed, Optional.empty());
  }

  /** With candidates for an objective {@linkplain Objectives#sampled() of candidates}. */
  public static TrainingGraph build(
      Seq2SeqModel model,
      Optimizer optimizer,
      TrainingConfig config,
      Objectives objectives,
      long seed,
      Optional<RiskSampler> candidates) {
    objectives.check(model);
    if (objectives.sampled().isPresent() != candidates.isPresent()) {
      throw new IllegalArgumentException(
          "candidates are drawn for an objective of candidates, and only for one");
    }
    if (config.scheduledSampling().isPresent()) {
      objectives.checkScheduledSampling();
    }
    ModelGraph graph = new ModelGraph(seed, config.effectiveThreads());
    boolean built = false;
    try {
      TrainingGraph training =
          new TrainingGraph(graph, model, optimizer, config, objectives, candidates);
      graph.initialise();
      built = true;
      return training;
    } finally {
      if (!built) {
        graph.close();
      }
    }
  }

  /** Makes a step with the optimizer's learning rate. */
  public Step step(long number, Batch batch) {
    return step(number, batch, StepSettings.PLAIN);
  }

  /**
   * Makes a step.
   *
   * @param number of the step, from 1
   * @throws DivergedException if the loss or the gradient is not a number; the weights are then as
   *     they were before
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

  /** The gradients of one micro-batch after another, then the update. */
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

  /** ParameterUpdates by the gradients that were added up; their norm. */
  private double update(
      long number, StepSettings settings, Accumulation sums, float tokens, List<Op> targets) {
    try (TInt64 step = TInt64.scalarOf(number);
        TFloat32 divisor = TFloat32.scalarOf(tokens);
        TFloat32 rate = rate(settings)) {
      var runner =
          graph
              .session()
              .runner()
              .feed(graph.step(), step)
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
   * The norm of the gradient of each parameter, by path, of a step that is not made; none where
   * gradients are accumulated over several runs.
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
   * Looks for the operation that a step goes wrong in, which is not made: it runs all of them.
   *
   * @return what was found, in words; empty if all numbers are finite
   */
  public Optional<String> findWrongNumbers(long number, Batch batch, StepSettings settings) {
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

  /** How many micro-batches there are. */
  private int parts(Batch batch) {
    return Math.min(microBatches, batch.source().rows());
  }

  /** The number of the run for a micro-batch: one of its own, so that dropout differs. */
  private long run(long number, int part) {
    return (number - 1) * microBatches + part + 1;
  }

  private TFloat32 rate(StepSettings settings) {
    return TFloat32.scalarOf((float) learningRate(settings));
  }

  /** The learning rate of a step. */
  public double learningRate(StepSettings settings) {
    return baseRate * settings.learningRate();
  }

  /** Sums over a batch, and what else was asked for. */
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

  /** Runs ops of a step; the result is the caller's to close. */
  private Result fetch(
      long step,
      Batch batch,
      StepSettings settings,
      List<Op> targets,
      List<? extends Operand<?>> fetched) {
    Optional<RiskBatch> drawn =
        predictor instanceof TokenPredictor tokens
            ? candidates.map(it -> it.of(tokens, batch, step))
            : Optional.empty();
    try (SequenceInput.Feed ofSource =
            source.feed(drawn.map(RiskBatch::source).orElse(batch.source()));
        SequenceInput.Feed ofTarget =
            target.feed(drawn.map(RiskBatch::target).orElse(batch.target()));
        AlignmentInput.Feed ofAlignment = alignment.map(it -> it.feed(batch)).orElse(null);
        RiskInput.Feed ofCosts = risk.map(it -> it.feed(drawn.orElseThrow())).orElse(null);
        TInt64 number = TInt64.scalarOf(step);
        TFloat32 rate = rate(settings);
        TFloat32 share = TFloat32.scalarOf((float) settings.truth())) {
      var runner =
          ofTarget
              .to(ofSource.to(graph.session().runner()))
              .feed(graph.step(), number)
              .feed(learningRate, rate)
              .feed(truth, share);
      if (ofCosts != null) {
        ofCosts.to(runner);
      }
      if (ofAlignment != null) {
        ofAlignment.to(runner);
      }
      fetched.forEach(runner::fetch);
      targets.forEach(runner::addTarget);
      return graph.run(runner);
    }
  }

  /** What a failed check of an update means; anything else that TensorFlow refuses is passed on. */
  private static RuntimeException diverged(
      long number, double loss, double norm, TFInvalidArgumentException refused) {
    return Double.isFinite(loss) && Double.isFinite(norm)
        ? refused
        : new DivergedException(number, loss, norm);
  }

  private static double scalar(Result result, int index) {
    return ((TFloat32) result.get(index)).getFloat();
  }

  /** Measures steps op by op until the answer is closed. */
  public Profile profile() {
    return graph.profile();
  }

  /** The model in use, with the parameters as they are now. */
  public Predictor predictor() {
    return predictor;
  }

  /** The paths of what is fitted, without the optimizer's slots. */
  public List<String> parameters() {
    return graph.parameters().paths().stream().filter(path -> !frozen.contains(path)).toList();
  }

  /** How many numbers are fitted. */
  public long parameterCount() {
    Map<String, Shape> shapes = graph.parameters().shapes();
    return parameters().stream().mapToLong(path -> shapes.get(path).size()).sum();
  }

  /** The values of parameters and of the optimizer's slots, by path. */
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

  /** The parameters as the model is used: moving averages where there are any. */
  public Map<String, SafeTensors.Array> readForUse() {
    return forUse(read());
  }

  /** The same of what {@link #read} gave. */
  public Map<String, SafeTensors.Array> forUse(Map<String, SafeTensors.Array> all) {
    Map<String, SafeTensors.Array> used = new LinkedHashMap<>();
    for (String path : graph.parameters().paths()) {
      SafeTensors.Array average = all.get(Parameters.slotPath(path, ParameterUpdates.AVERAGE));
      used.put(path, average == null ? all.get(path) : average);
    }
    return used;
  }

  /** Does something with the parameters as {@link #readForUse} gives them; then puts them back. */
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

  /** Sets variables to values that {@link #read} gave. */
  public void assign(Map<String, SafeTensors.Array> arrays) {
    Map<String, float[]> values = new LinkedHashMap<>();
    arrays.forEach((path, array) -> values.put(path, array.values()));
    graph.assign(values);
  }

  /** Sets some rows of a table, a parameter {@code [V, D]}. */
  public void assignRows(String path, Map<Integer, float[]> rows) {
    float[] values = graph.read().get(path);
    rows.forEach(
        (row, vector) -> System.arraycopy(vector, 0, values, row * vector.length, vector.length));
    graph.assign(Map.of(path, values));
  }

  @Override
  public void close() {
    graph.close();
  }
}
