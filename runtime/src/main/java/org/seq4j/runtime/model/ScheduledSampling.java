package org.seq4j.runtime.model;

import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Memory;
import org.seq4j.runtime.graph.scan.GraphScope;
import org.seq4j.runtime.model.batch.SequenceBatch;
import org.seq4j.runtime.model.output.BestTokens;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Computes the inputs of scheduled sampling: it steps over the target, and at each step selects the
 * correct previous token or the model's own. Gradients do not pass through the choice (as in Bengio
 * et al. 2015), so that the loss is that of teacher forcing with these inputs, and as fast to
 * compute.
 */
final class ScheduledSampling {
  private static final String OWN = "own";
  private static final String TRUE = "true";
  private static final String IS_TRUE = "is-true";
  private static final String DRAWN = "drawn";
  private static final String READ = "read";
  private static final String PREPARED = "prepared";
  private static final String DECODER = "decoder";

  private final TokenTarget target;
  private final SamplingPolicy feedback;

  ScheduledSampling(TokenTarget target, SamplingPolicy feedback) {
    this.target = target;
    this.feedback = feedback;
  }

  /**
   * Adds the ops.
   *
   * @param truth the correct previous tokens, {@code [B, T]}; the first is always read
   * @param lengths {@code [B]}
   * @return the tokens to read, {@code [B, T]}
   */
  Operand<TInt32> mix(
      Scope scope,
      Memory memory,
      SequenceBatch sources,
      Operand<TInt32> truth,
      Operand<TInt32> lengths) {
    Ops tf = scope.tf();
    Scope random = scope.child("scheduled-sampling");
    Operand<TBool> isTrue = // also at the first position
        tf.math.logicalOr(
            tf.oneHot(
                tf.zerosLike(lengths),
                Shapes.size(tf, truth, 1),
                tf.constant(true),
                tf.constant(false)),
            tf.math.less(random.uniform(tf.shape(truth)), feedback.truth()));
    NamedTensors prepared = target.prepare(scope, memory, sources);
    NamedTensors constants =
        NamedTensors.of(TRUE, truth)
            .with(IS_TRUE, isTrue)
            .with(DRAWN, random.uniform(tf.shape(truth)))
            .with(PREPARED, prepared);
    NamedTensors initial =
        NamedTensors.of(OWN, tf.zerosLike(lengths))
            .with(READ, truth)
            .with(DECODER, target.initialState(scope, prepared));
    return ((GraphScope) scope) // of the model's graph, as a component's loop is differentiable
        .whileLoopWithoutGradients(constants, Shapes.size(tf, truth, 1), initial, this::step)
        .ints(READ);
  }

  private Loop.WhileOutput step(
      Scope scope, NamedTensors given, Operand<TInt32> position, NamedTensors state) {
    Ops tf = scope.tf();
    NamedTensors prepared = given.under(PREPARED);
    Operand<TInt32> read =
        tf.select(
            at(tf, given.bools(IS_TRUE), position),
            at(tf, given.ints(TRUE), position),
            state.ints(OWN)); // [B]
    TokenTarget.Step step = target.step(scope, prepared, read, position, state.under(DECODER));
    Operand<TFloat32> allowed = BestTokens.allowed(tf, step.logProbabilities());
    Operand<TInt32> chosen =
        feedback.choice() == SamplingPolicy.Choice.BEST
            ? tf.math.argMax(allowed, tf.constant(1), TInt32.class)
            : drawn(tf, allowed, at(tf, given.floats(DRAWN), position));
    Operand<TInt32> before = state.ints(READ);
    Operand<TBool> isHere =
        tf.math.equal(
            tf.range(tf.constant(0), Shapes.size(tf, before, 1), tf.constant(1)), position); // [T]
    NamedTensors next =
        NamedTensors.of(OWN, target.known(tf, chosen))
            .with(READ, tf.select(isHere, tf.expandDims(read, tf.constant(1)), before))
            .with(DECODER, step.state());
    return new Loop.WhileOutput(next, tf.constant(true));
  }

  /** Returns the values of a position, {@code [B, T]} to {@code [B]}. */
  private static <T extends TType> Operand<T> at(Ops tf, Operand<T> x, Operand<TInt32> position) {
    return tf.gather(x, position, tf.constant(1));
  }

  /**
   * Samples a token: the first at which the cumulative probability exceeds a random share of the
   * total.
   */
  private static Operand<TInt32> drawn(
      Ops tf, Operand<TFloat32> logProbabilities, Operand<TFloat32> share) {
    Operand<TFloat32> probabilities = tf.math.exp(logProbabilities);
    Operand<TFloat32> sums = tf.math.cumsum(probabilities, tf.constant(1)); // [B, V]
    Operand<TFloat32> limit =
        tf.math.mul(share, tf.reduceSum(probabilities, tf.constant(1))); // [B]
    Operand<TInt32> below =
        tf.reduceSum(
            tf.dtypes.cast(
                tf.math.lessEqual(sums, tf.expandDims(limit, tf.constant(1))), TInt32.class),
            tf.constant(1));
    return tf.math.minimum( // rounding may leave the last sum below the limit
        below, tf.math.sub(Shapes.size(tf, logProbabilities, 1), tf.constant(1)));
  }
}
