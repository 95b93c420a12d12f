package org.seq4j.runtime.model.output;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.model.TokenOutput;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Exact hard monotonic attention (Wu and Cotterell 2019). Each token is produced from one source
 * position, which is never before that of the previous token. The alignment is not known, so the
 * probability of a target is the sum over all of them,
 *
 * <pre>
 * p(y | x) = sum over a of product over i of p(a_i | a_(i-1), y_(&lt;i), x) p(y_i | a_i, y_(&lt;i), x)
 * </pre>
 *
 * computed exactly by the forward algorithm. Its state is the probability of each position given
 * the tokens so far, in logarithms; the distribution over the next token is the mean of those of
 * the positions, weighted by the probability of moving there. Before the first token, the position
 * is the first one, as in the authors' code.
 *
 * <p>A token's distribution is computed for each source position: the cost of a step is S times
 * that of a softmax.
 */
public final class HardMonotonicOutput implements TokenOutput.Stateful {

  /** The configuration of the output {@code hard-monotonic}. */
  public record Config(
      @Key(
              doc =
                  "What the next position depends on beside the decoder's output. 0: on nothing,"
                      + " except that it is not before the previous one. 1: on the encoder's output"
                      + " at the previous position; it is at most max_step positions ahead.",
              defaultValue = "0",
              min = 0,
              max = 1)
          int order,
      @Key(
              doc =
                  "Maximum number of source positions between two tokens, for order: 1; 5 by"
                      + " default.",
              min = 1)
          Optional<Integer> maxStep,
      @Key(
              doc =
                  "Size of the layer between the pair of decoder's output and source position, and"
                      + " the softmax; the depth of the encoder's output by default.",
              min = 1)
          Optional<Integer> units) {

    /** Checks the rules across keys. */
    public Config {
      if (order == 0 && maxStep.isPresent()) {
        throw new IllegalArgumentException(
            "max_step belongs to order: 1; order: 0 may move to any later position: remove"
                + " max_step, or set order: 1");
      }
    }
  }

  private static final String HIDDEN = "hidden";
  private static final String KEYS = "keys";
  private static final String REAL = "real";
  private static final String NOT_EMPTY = "not-empty";
  private static final String REACHED = "reached";
  private static final String EMISSIONS = "emissions";
  private static final String ARRIVING = "arriving";
  private static final String READ = "read";
  private static final int MAX_STEP = 5;

  private final TokenOutput softmax = new SoftmaxOutput();
  private final Config config;
  private final MonotonicMoves moves;

  /** Creates the layer from its configuration. */
  public HardMonotonicOutput(Config config) {
    this.config = config;
    this.moves =
        config.order() == 0
            ? new MonotonicMoves.ToAnyLater()
            : new MonotonicMoves.ByDistance(1 + config.maxStep().orElse(MAX_STEP));
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory) {
    if (memory.isEmpty()) {
      throw new IllegalArgumentException(
          "output: hard-monotonic produces each token from a source position, and a language model"
              + " has no source: use output: softmax");
    }
    Ops tf = scope.tf();
    Operand<TInt32> lengths = memory.sequence().lengths();
    Operand<TFloat32> values = // [B, S, D], S at least 1
        atLeastOne(tf, Masks.zeroPadding(tf, memory.sequence().values(), lengths));
    long units = config.units().map(Integer::longValue).orElse(memory.sequence().depth());
    Operand<TInt32> size = Shapes.size(tf, values, 1);
    return NamedTensors.of(HIDDEN, scope.linear("source", units, true, values))
        .with(KEYS, moves.keys(scope, values))
        // an empty source is one position of zeros
        .with(REAL, Masks.real(tf, tf.math.maximum(lengths, tf.constant(1)), size))
        .with(NOT_EMPTY, tf.math.greater(lengths, tf.constant(0)));
  }

  /** Appends a position of zeros if there is none. */
  private static Operand<TFloat32> atLeastOne(Ops tf, Operand<TFloat32> values) {
    Operand<TInt32> missing =
        tf.math.maximum(tf.math.sub(tf.constant(1), Shapes.size(tf, values, 1)), tf.constant(0));
    Operand<TInt32> shape =
        tf.stack(
            List.of(
                Shapes.size(tf, values, 0), missing, tf.constant((int) values.shape().get(-1))));
    return tf.concat(List.of(values, tf.fill(shape, tf.constant(0f))), tf.constant(1));
  }

  @Override
  public NamedTensors initialState(Scope scope, NamedTensors prepared, TokenOutput.Tokens tokens) {
    Ops tf = scope.tf();
    Operand<TFloat32> start = start(tf, prepared); // [B, S]
    Operand<TInt32> shape =
        tf.stack(
            List.of(
                Shapes.size(tf, start, 0),
                Shapes.size(tf, start, 1),
                tf.constant((int) tokens.size())));
    // The update by the begin token changes nothing, because all positions emit it alike.
    return NamedTensors.of(ARRIVING, start).with(EMISSIONS, tf.fill(shape, tf.constant(0f)));
  }

  /** Returns the logarithms of the probabilities of the positions before the first token. */
  private static Operand<TFloat32> start(Ops tf, NamedTensors prepared) {
    Operand<TBool> real = prepared.bools(REAL); // [B, S]
    Operand<TInt32> positions =
        tf.range(tf.constant(0), Shapes.size(tf, real, 1), tf.constant(1)); // [S]
    Operand<TBool> first = tf.math.logicalAnd(real, tf.math.equal(positions, tf.constant(0)));
    return tf.select(first, tf.constant(0f), tf.constant(LogSums.NEVER));
  }

  @Override
  public Step step(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> features,
      Operand<TInt32> previous,
      NamedTensors state,
      TokenOutput.Tokens tokens) {
    Ops tf = scope.tf();
    Operand<TFloat32> hidden = prepared.floats(HIDDEN);
    Operand<TFloat32> queries = Shapes.queries(tf, features, hidden); // [B, K, D]
    Operand<TFloat32> transitions = // [B·K, S, S]
        merged(tf, moves.transitions(scope, queries, prepared.floats(KEYS), prepared.bools(REAL)));
    Operand<TFloat32> emissions = // [B·K, S, V]
        merged(tf, emissions(scope, queries, hidden, tokens));
    Operand<TFloat32> reached =
        LogSums.normalized(
            tf,
            tf.math.add(state.floats(ARRIVING), of(tf, state.floats(EMISSIONS), previous, tokens)));
    Operand<TFloat32> arriving = arriving(tf, reached, transitions); // [B·K, S]
    return new Step(
        mixed(tf, arriving, emissions, 1),
        NamedTensors.of(ARRIVING, arriving).with(EMISSIONS, emissions),
        Optional.of(tf.math.mul(tf.math.exp(arriving), rowsNotEmpty(tf, prepared, arriving))));
  }

  /** Returns 1 for the hypotheses of sources that are not empty, else 0, {@code [B·K, 1]}. */
  private static Operand<TFloat32> rowsNotEmpty(
      Ops tf, NamedTensors prepared, Operand<TFloat32> perHypothesis) {
    Operand<TFloat32> ofSources =
        tf.expandDims(
            tf.dtypes.cast(prepared.bools(NOT_EMPTY), TFloat32.class), tf.constant(1)); // [B, 1]
    return Shapes.repeat(tf, ofSources, perHypothesis);
  }

  @Override
  public AllSteps allSteps(
      Scope scope,
      NamedTensors prepared,
      Sequence features,
      Operand<TInt32> previous,
      TokenOutput.Tokens tokens) {
    Ops tf = scope.tf();
    Operand<TFloat32> transitions = // [B, T, S, S]
        moves.transitions(scope, features.values(), prepared.floats(KEYS), prepared.bools(REAL));
    Operand<TFloat32> emissions = // [B, T, S, V]
        emissions(scope, features.values(), prepared.floats(HIDDEN), tokens);
    Operand<TInt32> next = // the token that was read after each step; any after the last
        tf.slice(
            tf.pad(previous, tf.constant(new int[][] {{0, 0}, {0, 1}}), tf.constant(0)),
            tf.constant(new int[] {0, 1}),
            tf.constant(new int[] {-1, -1}));
    Operand<TFloat32> arriving = // [B, T, S]
        scope
            .scan(
                NamedTensors.EMPTY,
                NamedTensors.of("transitions", transitions)
                    .with(READ, of(tf, emissions, next, tokens)),
                features.lengths(),
                NamedTensors.of(REACHED, start(tf, prepared)),
                Loop.Direction.FORWARD,
                HardMonotonicOutput::forward)
            .outputs()
            .floats(ARRIVING);
    Operand<TFloat32> shares =
        tf.math.mul(
            tf.math.exp(arriving),
            tf.dtypes.cast(
                tf.reshape(prepared.bools(NOT_EMPTY), tf.constant(new int[] {-1, 1, 1})),
                TFloat32.class));
    return new AllSteps(
        mixed(tf, arriving, emissions, 2),
        Optional.of(Masks.zeroPadding(tf, shares, features.lengths())));
  }

  /** A step of the forward algorithm. */
  private static Loop.StepOutput forward(
      Scope scope,
      NamedTensors constants,
      NamedTensors input,
      Operand<TInt32> position,
      NamedTensors state) {
    Ops tf = scope.tf();
    Operand<TFloat32> arriving =
        arriving(tf, state.floats(REACHED), input.floats("transitions")); // [B, S]
    Operand<TFloat32> reached = LogSums.normalized(tf, tf.math.add(arriving, input.floats(READ)));
    return new Loop.StepOutput(
        NamedTensors.of(ARRIVING, arriving), NamedTensors.of(REACHED, reached));
  }

  /**
   * Computes the probability of each position before its token is known.
   *
   * @param reached that of the previous token, {@code [N, S]}
   * @param transitions {@code [N, S (from), S (to)]}
   */
  private static Operand<TFloat32> arriving(
      Ops tf, Operand<TFloat32> reached, Operand<TFloat32> transitions) {
    return LogSums.of(tf, tf.math.add(tf.expandDims(reached, tf.constant(2)), transitions), 1);
  }

  /**
   * Computes the distribution over tokens at each position.
   *
   * @param queries {@code [B, Q, D]}
   * @param hidden {@code [B, S, U]}
   * @return {@code [B, Q, S, V]}
   */
  private Operand<TFloat32> emissions(
      Scope scope, Operand<TFloat32> queries, Operand<TFloat32> hidden, TokenOutput.Tokens tokens) {
    Ops tf = scope.tf();
    long units = hidden.shape().get(-1);
    Operand<TFloat32> sum = // [B, Q, S, U]
        tf.math.add(
            tf.expandDims(scope.linear("decoder", units, false, queries), tf.constant(2)),
            tf.expandDims(hidden, tf.constant(1)));
    Operand<TFloat32> flat = // [B·Q·S, V]
        softmax.logProbabilities(scope, Shapes.flatten(tf, tf.math.tanh(sum), units), tokens);
    return tf.reshape(
        flat,
        tf.stack(
            List.of(
                Shapes.size(tf, queries, 0),
                Shapes.size(tf, queries, 1),
                Shapes.size(tf, hidden, 1),
                tf.constant((int) tokens.size()))));
  }

  /**
   * Selects the log-probabilities of tokens: {@code [..., S, V]} and {@code [...]} to {@code [...,
   * S]}.
   */
  private static Operand<TFloat32> of(
      Ops tf, Operand<TFloat32> emissions, Operand<TInt32> ids, TokenOutput.Tokens tokens) {
    Operand<TFloat32> chosen = // [..., V]; a product, because a gather of rows has no gradient
        tf.oneHot(ids, tf.constant((int) tokens.size()), tf.constant(1f), tf.constant(0f));
    Operand<TFloat32> products = // [..., S, 1]
        tf.train.batchMatMul(emissions, tf.expandDims(chosen, tf.constant(-1)), TFloat32.class);
    return tf.squeeze(products, Squeeze.axis(List.of(-1L)));
  }

  /**
   * Computes the mean distribution: {@code [..., S]} and {@code [..., S, V]} to {@code [..., V]}.
   */
  private static Operand<TFloat32> mixed(
      Ops tf, Operand<TFloat32> arriving, Operand<TFloat32> emissions, int axis) {
    return LogSums.of(tf, tf.math.add(tf.expandDims(arriving, tf.constant(-1)), emissions), axis);
  }

  /** Reshapes {@code [B, K, S, D]} to {@code [B·K, S, D]}. */
  private static Operand<TFloat32> merged(Ops tf, Operand<TFloat32> x) {
    Operand<TInt32> rows = tf.math.mul(Shapes.size(tf, x, 0), Shapes.size(tf, x, 1));
    return tf.reshape(
        x,
        tf.stack(
            List.of(
                rows,
                Shapes.size(tf, x, 2),
                x.shape().get(-1) >= 0
                    ? tf.constant((int) x.shape().get(-1))
                    : Shapes.size(tf, x, 3))));
  }
}
