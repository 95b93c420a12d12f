package org.seq4j.trainer.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.seq4j.core.graph.ModelGraph;
import org.seq4j.core.graph.ParameterGradient;
import org.seq4j.core.graph.Parameters;
import org.seq4j.core.graph.Profile;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.InferenceGraph;
import org.seq4j.core.model.Seq2SeqModel;
import org.seq4j.core.model.SequenceInput;
import org.seq4j.core.run.WeightsFile;
import org.seq4j.core.training.Optimizer;
import org.seq4j.trainer.data.Batch;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A model with the ops of a training step and those of its use, over the same variables, for
 * batches of any size and length. It owns all of that natively.
 *
 * <p>For researchers who write a loop of their own: {@link Trainer} makes these steps in the order
 * of an experiment's data, with validation and checkpoints between them.
 */
public final class TrainingGraph implements AutoCloseable {
  private final ModelGraph graph;
  private final SequenceInput source;
  private final SequenceInput target;
  private final Seq2SeqModel.Loss loss;
  private final Optional<Accumulation> accumulation; // of micro-batches, if there are several
  private final int microBatches;
  private final Operand<TFloat32> gradientNorm; // scalar
  private final List<Op> updates;
  private final InferenceGraph inference;
  private final Set<String> frozen; // paths of parameters

  /**
   * What a step gave.
   *
   * @param loss of the batch before the update, an average over target symbols
   * @param gradientNorm of all gradients together, before clipping
   */
  public record Step(double loss, double gradientNorm) {}

  private TrainingGraph(
      ModelGraph graph, Seq2SeqModel model, Optimizer optimizer, TrainingConfig config) {
    this.graph = graph;
    Scope scope = graph.scope(true);
    source = SequenceInput.of(scope.tf(), model.source(), model.copies());
    target = SequenceInput.of(scope.tf(), model.target(), model.copies());
    loss =
        model.loss(
            scope, source.batch(), target.batch(), (float) config.labelSmoothing(), graph.parts());
    microBatches = config.microBatches();
    frozen = model.frozen();
    accumulation =
        microBatches == 1
            ? Optional.empty()
            : Optional.of(Accumulation.of(scope.tf(), gradients(loss.sum()), graph));
    List<ParameterGradient> gradients =
        accumulation.map(Accumulation::means).orElseGet(() -> gradients(loss.mean(scope.tf())));
    Clipping clipped =
        Clipping.of(
            scope.tf(),
            gradients.stream().<Operand<TFloat32>>map(ParameterGradient::values).toList(),
            config.clipNorm());
    gradientNorm = clipped.norm();
    List<ParameterGradient> all = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      all.add(gradients.get(i).withValues(clipped.gradients().get(i)));
    }
    updates = updates(all, optimizer);
    inference = new InferenceGraph(model, graph);
  }

  private List<ParameterGradient> gradients(Operand<TFloat32> scalar) {
    return graph.gradients(scalar).stream()
        .filter(gradient -> !frozen.contains(gradient.path()))
        .toList();
  }

  /**
   * Updates wait for all gradients: they change variables in place, which other ops would otherwise
   * still be reading, and results would differ from run to run.
   */
  private List<Op> updates(List<ParameterGradient> gradients, Optimizer optimizer) {
    List<Op> before = new ArrayList<>();
    gradients.forEach(gradient -> before.add(gradient.values()));
    before.add(gradientNorm);
    Ops tf = graph.tf().withControlDependencies(before);
    Operand<TFloat32> learningRate = tf.constant(optimizer.learningRate());
    return gradients.stream()
        .map(gradient -> update(tf, gradient, learningRate, optimizer))
        .toList();
  }

  private Op update(
      Ops tf, ParameterGradient gradient, Operand<TFloat32> learningRate, Optimizer optimizer) {
    Parameters parameters = graph.parameters();
    String path = gradient.path();
    Operand<TFloat32> variable = parameters.variable(path);
    Function<String, Operand<TFloat32>> slots = slot -> parameters.slot(path, slot);
    return gradient
        .rows()
        .flatMap(
            rows ->
                optimizer.updateRows(
                    tf,
                    new Optimizer.Update(
                        variable, gradient.values(), learningRate, graph.step(), slots),
                    rows))
        .orElseGet(
            () ->
                optimizer.update(
                    tf,
                    new Optimizer.Update(
                        variable,
                        gradient.dense(tf, variable.shape()),
                        learningRate,
                        graph.step(),
                        slots)));
  }

  /**
   * Builds the graph and gives every variable its first value.
   *
   * @param seed of first values and dropout
   * @return the graph, which is the caller's to close
   */
  public static TrainingGraph build(
      Seq2SeqModel model, Optimizer optimizer, TrainingConfig config, long seed) {
    ModelGraph graph = new ModelGraph(seed, config.effectiveThreads());
    boolean built = false;
    try {
      TrainingGraph training = new TrainingGraph(graph, model, optimizer, config);
      graph.initialise();
      built = true;
      return training;
    } finally {
      if (!built) {
        graph.close();
      }
    }
  }

  /**
   * Makes a step.
   *
   * @param number of the step, from 1
   * @throws TrainingException if the loss or the gradient is not a number; the weights are then
   *     spoiled
   */
  public Step step(long number, Batch batch) {
    return accumulation
        .map(sums -> inTurn(number, batch, sums))
        .orElseGet(() -> whole(number, batch));
  }

  private Step whole(long number, Batch batch) {
    Outcome outcome = run(number, batch, updates, List.of(gradientNorm));
    return checked(number, outcome.loss() / outcome.tokens(), outcome.others().get(0));
  }

  /** The gradients of one micro-batch after another, then the update. */
  private Step inTurn(long number, Batch batch, Accumulation sums) {
    int parts = Math.min(microBatches, batch.source().rows());
    double sum = 0;
    double tokens = 0;
    for (int part = 0; part < parts; part++) {
      // a number of its own, so that dropout differs from one to the next
      Outcome outcome =
          run(
              (number - 1) * microBatches + part + 1,
              batch.part(part, parts),
              part == 0 ? sums.first() : sums.further(),
              List.of());
      sum += outcome.loss();
      tokens += outcome.tokens();
    }
    try (TInt64 step = TInt64.scalarOf(number);
        TFloat32 divisor = TFloat32.scalarOf((float) tokens)) {
      var runner =
          graph
              .session()
              .runner()
              .feed(graph.step(), step)
              .feed(sums.tokens(), divisor)
              .fetch(gradientNorm);
      updates.forEach(runner::addTarget);
      try (Result result = graph.run(runner)) {
        return checked(number, sum / tokens, scalar(result, 0));
      }
    }
  }

  /** Sums over a batch, and what else was asked for. */
  private record Outcome(double loss, double tokens, List<Double> others) {}

  private Outcome run(long step, Batch batch, List<Op> targets, List<Operand<TFloat32>> others) {
    try (SequenceInput.Feed ofSource = source.feed(batch.source());
        SequenceInput.Feed ofTarget = target.feed(batch.target());
        TInt64 number = TInt64.scalarOf(step)) {
      var runner =
          ofTarget
              .to(ofSource.to(graph.session().runner()))
              .feed(graph.step(), number)
              .fetch(loss.sum())
              .fetch(loss.tokens());
      others.forEach(runner::fetch);
      targets.forEach(runner::addTarget);
      try (Result result = graph.run(runner)) {
        List<Double> fetched = new ArrayList<>();
        for (int i = 2; i < 2 + others.size(); i++) {
          fetched.add(scalar(result, i));
        }
        return new Outcome(scalar(result, 0), scalar(result, 1), fetched);
      }
    }
  }

  private static Step checked(long number, double loss, double norm) {
    if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
      throw new TrainingException(
          ("step %d: the loss is %s and the norm of the gradients is %s: training has diverged. The"
                  + " checkpoints saved before are untouched. Lower the learning rate or"
                  + " training.clip_norm, or train with another seed")
              .formatted(number, loss, norm));
    }
    return new Step(loss, norm);
  }

  private static double scalar(Result result, int index) {
    return ((TFloat32) result.get(index)).getFloat();
  }

  /** Measures steps op by op until the answer is closed. */
  public Profile profile() {
    return graph.profile();
  }

  /** The ops of the model's use. */
  public InferenceGraph inference() {
    return inference;
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
  public Map<String, WeightsFile.Array> read() {
    Map<String, Shape> shapes = graph.parameters().shapes();
    Map<String, WeightsFile.Array> arrays = new LinkedHashMap<>();
    graph
        .read()
        .forEach(
            (path, values) ->
                arrays.put(path, new WeightsFile.Array(shapes.get(path).asArray(), values)));
    return arrays;
  }

  /** Sets variables to values that {@link #read} gave. */
  public void assign(Map<String, WeightsFile.Array> arrays) {
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
