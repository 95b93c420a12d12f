package org.seq4j.runtime.model;

import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Memory;
import org.seq4j.runtime.model.batch.SequenceBatch;
import org.seq4j.runtime.model.output.BestTokens;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

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
    Operand<TFloat32> first = // 1 at the first position
        tf.oneHot(
            tf.zerosLike(lengths), Shapes.size(tf, truth, 1), tf.constant(1f), tf.constant(0f));
    Operand<TFloat32> isTrue =
        tf.math.maximum(
            first, floats(tf, tf.math.less(random.uniform(tf.shape(truth)), feedback.truth())));
    NamedTensors inputs =
        NamedTensors.of(TRUE, floats(tf, truth))
            .with(IS_TRUE, isTrue)
            .with(DRAWN, random.uniform(tf.shape(truth)));
    NamedTensors prepared = target.prepare(scope, memory, sources);
    NamedTensors initial =
        NamedTensors.of(OWN, floats(tf, tf.zerosLike(lengths)))
            .with(DECODER, target.decoder().initialState(scope.child(DECODER), prepared));
    Operand<TFloat32> read =
        scope
            .scan(prepared, inputs, lengths, initial, Loop.Direction.FORWARD, this::step)
            .outputs()
            .floats(READ);
    return tf.stopGradient(tf.dtypes.cast(read, TInt32.class));
  }

  private static Operand<TFloat32> floats(Ops tf, Operand<?> x) {
    return tf.dtypes.cast(x, TFloat32.class);
  }

  private Loop.StepOutput step(
      Scope scope,
      NamedTensors prepared,
      NamedTensors input,
      Operand<TInt32> position,
      NamedTensors state) {
    Ops tf = scope.tf();
    Operand<TFloat32> read =
        tf.select(
            tf.math.greater(input.floats(IS_TRUE), tf.constant(0.5f)),
            input.floats(TRUE),
            state.floats(OWN)); // [B]
    Decoder.Step step =
        target.step(
            scope, prepared, tf.dtypes.cast(read, TInt32.class), position, state.under(DECODER));
    Operand<TFloat32> allowed =
        BestTokens.allowed(tf, target.logProbabilities(scope, prepared, step));
    Operand<TInt32> chosen =
        feedback.choice() == SamplingPolicy.Choice.BEST
            ? tf.math.argMax(allowed, tf.constant(1), TInt32.class)
            : drawn(tf, allowed, input.floats(DRAWN));
    return new Loop.StepOutput(
        NamedTensors.of(READ, read),
        NamedTensors.of(OWN, tf.stopGradient(floats(tf, target.known(tf, chosen))))
            .with(DECODER, step.state()));
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
