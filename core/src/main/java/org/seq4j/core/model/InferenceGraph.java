package org.seq4j.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seq4j.core.graph.ModelGraph;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.search.Hypothesis;
import org.seq4j.core.search.Search;
import org.seq4j.core.search.SearchConfig;
import org.seq4j.core.search.StepFunction;
import org.seq4j.core.text.Vocabulary;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * The ops with which a model is used: reading sources, stepping over targets, scoring given ones.
 * Adds them to a graph once; after that it may be used by several threads.
 */
public final class InferenceGraph {
  /** The most sources that go through the model together. */
  private static final int BATCH = 64;

  final ModelGraph graph;
  final Placeholder<TInt32> sourceIds;
  final Placeholder<TInt32> sourceLengths;
  final NamedTensors prepared;
  final NamedTensors initialState;
  final Stepping stepping;

  /** Of {@link #stepping}; computed with {@link #prepared} and fed to every step. */
  final List<Operand<TFloat32>> kernels;

  private final Placeholder<TInt32> targetIds;
  private final Placeholder<TInt32> targetLengths;
  private final Operand<TFloat32> logProbabilities;

  /**
   * What a step is fed and gives. Every {@code kept} operand may be fed in the place of what would
   * be gathered.
   */
  record Stepping(
      NamedTensors prepared,
      Placeholder<TInt32> keep,
      NamedTensors kept,
      NamedTensors state,
      Placeholder<TInt32> parents,
      Placeholder<TInt32> symbols,
      Placeholder<TInt32> position,
      Placeholder<TInt32> candidates,
      BestSymbols best,
      NamedTensors nextState,
      Operand<TFloat32> weights) {}

  /** Adds the ops. */
  public InferenceGraph(Seq2SeqModel model, ModelGraph graph) {
    this.graph = graph;
    Scope scope = graph.scope(false);
    Ops tf = scope.tf();
    sourceIds = ints(tf, 2);
    sourceLengths = ints(tf, 1);
    targetIds = ints(tf, 2);
    targetLengths = ints(tf, 1);
    TokenBatch source = new TokenBatch(sourceIds, sourceLengths);
    prepared = distinct(tf, model.prepare(scope, model.encode(scope, source)));
    initialState = distinct(tf, model.initialState(scope, prepared));
    Scope steps = graph.scope(false);
    stepping = stepping(steps, model);
    kernels = steps.joinedKernels();
    logProbabilities =
        model.score(scope, source, new TokenBatch(targetIds, targetLengths)).logProbabilities();
  }

  private static Placeholder<TInt32> ints(Ops tf, int rank) {
    long[] sizes = new long[rank];
    Arrays.fill(sizes, Shape.UNKNOWN_SIZE);
    return tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(sizes)));
  }

  private Stepping stepping(Scope scope, Seq2SeqModel model) {
    Ops tf = scope.tf();
    NamedTensors preparedGiven = prepared.map(x -> rows(tf, x));
    NamedTensors stateGiven = initialState.map(x -> rows(tf, x));
    Placeholder<TInt32> keep = ints(tf, 1);
    Placeholder<TInt32> parents = ints(tf, 1);
    Placeholder<TInt32> symbols = ints(tf, 1);
    Placeholder<TInt32> position = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    Placeholder<TInt32> candidates =
        tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    NamedTensors kept = preparedGiven.map(x -> gather(tf, x, keep));
    NamedTensors state = stateGiven.map(x -> gather(tf, x, parents));
    Decoder.Step step = model.step(scope, kept, symbols, position, state);
    Operand<TFloat32> all = model.logProbabilities(scope, step.output()); // [N, V]
    return new Stepping(
        preparedGiven,
        keep,
        kept,
        stateGiven,
        parents,
        symbols,
        position,
        candidates,
        BestSymbols.of(tf, all, candidates),
        distinct(tf, step.state().following(state)),
        step.weights().orElse(null));
  }

  /** The same tensors under names of their own: a session does not fetch one twice. */
  private static NamedTensors distinct(Ops tf, NamedTensors tensors) {
    return tensors.map(tf::identity);
  }

  /** A placeholder for rows like those of an operand. */
  private static <T extends TType> Operand<T> rows(Ops tf, Operand<T> x) {
    Shape shape = x.asOutput().shape();
    return tf.placeholder(
        x.type(),
        Placeholder.shape(
            Shape.of(Shape.UNKNOWN_SIZE).append(shape.takeLast(shape.numDimensions() - 1))));
  }

  private static <T extends TType> Operand<T> gather(Ops tf, Operand<T> x, Operand<TInt32> rows) {
    return tf.gather(x, rows, tf.constant(0));
  }

  /**
   * Reads sources and makes ready to generate.
   *
   * @param sources ids of each
   * @param hypothesesPerSource how many rows each source gets
   * @param withAttention whether steps report where they looked
   */
  public StepFunction start(List<int[]> sources, int hypothesesPerSource, boolean withAttention) {
    return new GraphSteps(this, sources, hypothesesPerSource, withAttention);
  }

  /**
   * Finds likely targets. Threads take parts of the sources side by side.
   *
   * @param sources ids of each
   * @param maxLengths for each source the largest number of symbols, the end symbol not counted
   * @param withAttention whether the hypotheses tell where they looked
   * @return for each source what {@link Search#search} says
   * @throws IllegalStateException if the model gives NaN for a probability: it has diverged
   */
  public List<List<Hypothesis>> search(
      List<int[]> sources, int[] maxLengths, SearchConfig config, boolean withAttention) {
    Search search = Search.of(config);
    return new Parts(graph.threads(), BATCH)
        .map(
            sources,
            (part, indices) -> {
              int[] limits = Arrays.stream(indices).map(i -> maxLengths[i]).toArray();
              try (StepFunction steps = start(part, search.hypothesesPerSource(), withAttention)) {
                return search.search(steps, limits, Vocabulary.BEGIN, Vocabulary.END);
              }
            });
  }

  /**
   * Log-probabilities of given targets, each the sum over its symbols and the end. Threads take
   * parts of the sources side by side.
   *
   * @param sources ids of each
   * @param targets ids of each, without begin and end
   */
  public double[] score(List<int[]> sources, List<int[]> targets) {
    return new Parts(graph.threads(), BATCH)
            .map(
                sources,
                (part, indices) ->
                    scorePart(part, Arrays.stream(indices).mapToObj(targets::get).toList()))
            .stream()
            .mapToDouble(score -> score)
            .toArray();
  }

  private List<Double> scorePart(List<int[]> sources, List<int[]> targets) {
    try (TInt32 source = Padding.ids(sources);
        TInt32 sourceLength = Padding.lengths(sources);
        TInt32 target = Padding.ids(targets);
        TInt32 targetLength = Padding.lengths(targets);
        Result result =
            run(
                runner()
                    .feed(sourceIds, source)
                    .feed(sourceLengths, sourceLength)
                    .feed(targetIds, target)
                    .feed(targetLengths, targetLength)
                    .fetch(logProbabilities))) {
      TFloat32 values = (TFloat32) result.get(0); // [B, T + 1]
      List<Double> sums = new ArrayList<>();
      for (int i = 0; i < sources.size(); i++) {
        double sum = 0;
        for (int t = 0; t < values.shape().get(1); t++) {
          sum += values.getFloat(i, t);
        }
        sums.add(sum);
      }
      return sums;
    }
  }

  Result run(Session.Runner runner) {
    return graph.runInCaller(runner);
  }

  Session.Runner runner() {
    return graph.session().runner();
  }

  /** What is computed before the first step: of the sources, then states, then kernels. */
  List<Operand<?>> beforeSteps() {
    List<Operand<?>> operands = new ArrayList<>(prepared.operands());
    operands.addAll(initialState.operands());
    operands.addAll(kernels);
    return operands;
  }
}
