package org.seq4j.trainer.objective;

import java.util.List;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The likelihood of labels by connectionist temporal classification: the sum over all alignments,
 * by the forward variables of Graves et al. 2006, section 4.1, in logarithms.
 *
 * <p>A sequence of L labels has 2 L + 1 states: blanks before, between and behind the labels.
 */
final class CtcLikelihood {
  private static final float NEVER = -1e30f; // logarithm of 0

  private CtcLikelihood() {}

  /**
   * Adds the ops.
   *
   * @param posteriors natural logarithms of the probabilities of all labels and, last, of the
   *     blank, {@code [B, S, V + 1]}
   * @param labels {@code [B, L]}, each below V
   * @param lengths number of labels of each sequence, {@code [B]}
   * @return the natural logarithm of the likelihood, {@code [B]}; 0 if a sequence has too few
   *     positions for its labels
   */
  static Operand<TFloat32> of(
      Scope scope, Sequence posteriors, Operand<TInt32> labels, Operand<TInt32> lengths) {
    Ops tf = scope.tf();
    int classes = Math.toIntExact(posteriors.depth());
    Operand<TInt32> states = withBlanks(tf, labels, classes - 1); // [B, 2 L + 1]
    Operand<TFloat32> oneHot = // [B, 2 L + 1, V + 1]
        tf.oneHot(states, tf.constant(classes), tf.constant(1f), tf.constant(0f));
    Operand<TFloat32> emissions = // [B, S, 2 L + 1]
        tf.train.batchMatMul(posteriors.values(), oneHot, TFloat32.class, BatchMatMul.adjY(true));
    Operand<TFloat32> initial = // before the first position, only the first state is possible
        tf.oneHot(
            tf.zerosLike(lengths), Shapes.size(tf, states, 1), tf.constant(0f), tf.constant(NEVER));
    Operand<TFloat32> last =
        scope
            .scan(
                NamedTensors.of("skip", skips(tf, states)),
                NamedTensors.of("emission", emissions),
                posteriors.lengths(),
                NamedTensors.of("forward", initial),
                Loop.Direction.FORWARD,
                CtcLikelihood::step)
            .finalState()
            .floats("forward");
    Operand<TFloat32> ends = tf.select(atEnd(tf, states, lengths), last, tf.constant(NEVER));
    Operand<TFloat32> most = tf.reduceMax(ends, tf.constant(1)); // [B]
    Operand<TFloat32> shares =
        tf.reduceSum(
            tf.math.exp(tf.math.sub(ends, tf.expandDims(most, tf.constant(1)))), tf.constant(1));
    Operand<TFloat32> likelihood = tf.math.add(most, tf.math.log(shares));
    return tf.select(
        enough(tf, labels, lengths, posteriors.lengths()), likelihood, tf.zerosLike(likelihood));
  }

  /** Adds a blank before each label and behind the last. */
  private static Operand<TInt32> withBlanks(Ops tf, Operand<TInt32> labels, int blank) {
    Operand<TInt32> blanks = tf.fill(tf.shape(labels), tf.constant(blank));
    Operand<TInt32> pairs = tf.stack(List.of(blanks, labels), Stack.axis(2L)); // [B, L, 2]
    Operand<TInt32> count = tf.math.mul(Shapes.size(tf, labels, 1), tf.constant(2));
    Operand<TInt32> rows = Shapes.size(tf, labels, 0);
    return tf.concat(
        List.of(
            tf.reshape(pairs, tf.stack(List.of(rows, count))),
            tf.fill(tf.stack(List.of(rows, tf.constant(1))), tf.constant(blank))),
        tf.constant(1));
  }

  /**
   * 0 where a state can follow the one two before it: a label after another label; else never. The
   * state two before a blank is a blank.
   */
  private static Operand<TFloat32> skips(Ops tf, Operand<TInt32> states) {
    Operand<TInt32> none = tf.constant(-1);
    Operand<TInt32> twoBefore = shifted(tf, states, 2, none);
    Operand<TBool> allowed =
        tf.math.logicalAnd(tf.math.notEqual(states, twoBefore), tf.math.notEqual(twoBefore, none));
    return tf.select(allowed, tf.constant(0f), tf.constant(NEVER));
  }

  private static <T extends TNumber> Operand<T> shifted(
      Ops tf, Operand<T> x, int by, Operand<T> fill) {
    Operand<T> padded = tf.pad(x, tf.constant(new int[][] {{0, 0}, {by, 0}}), fill);
    return tf.slice(padded, tf.constant(new int[] {0, 0}), tf.shape(x));
  }

  private static Loop.StepOutput step(
      Scope scope,
      NamedTensors constants,
      NamedTensors input,
      Operand<TInt32> position,
      NamedTensors state) {
    Ops tf = scope.tf();
    Operand<TFloat32> stay = state.floats("forward"); // [B, 2 L + 1]
    Operand<TFloat32> never = tf.constant(NEVER);
    Operand<TFloat32> next = shifted(tf, stay, 1, never);
    Operand<TFloat32> skip =
        tf.math.maximum(tf.math.add(shifted(tf, stay, 2, never), constants.floats("skip")), never);
    Operand<TFloat32> most = tf.math.maximum(tf.math.maximum(stay, next), skip);
    Operand<TFloat32> sum =
        tf.math.addN(
            List.of(
                tf.math.exp(tf.math.sub(stay, most)),
                tf.math.exp(tf.math.sub(next, most)),
                tf.math.exp(tf.math.sub(skip, most))));
    Operand<TFloat32> forward =
        tf.math.maximum(
            tf.math.add(tf.math.add(most, tf.math.log(sum)), input.floats("emission")), never);
    return new Loop.StepOutput(NamedTensors.EMPTY, NamedTensors.of("forward", forward));
  }

  /** True at the last label and at the blank behind it, {@code [B, 2 L + 1]}. */
  private static Operand<TBool> atEnd(Ops tf, Operand<TInt32> states, Operand<TInt32> lengths) {
    Operand<TInt32> positions =
        tf.range(tf.constant(0), Shapes.size(tf, states, 1), tf.constant(1));
    Operand<TInt32> blank =
        tf.expandDims(tf.math.mul(lengths, tf.constant(2)), tf.constant(1)); // [B, 1]
    return tf.math.logicalOr(
        tf.math.equal(positions, blank),
        tf.math.equal(positions, tf.math.sub(blank, tf.constant(1))));
  }

  /** True where there is a position for each label and for a blank between equal neighbours. */
  private static Operand<TBool> enough(
      Ops tf, Operand<TInt32> labels, Operand<TInt32> lengths, Operand<TInt32> positions) {
    Operand<TInt32> before = shifted(tf, labels, 1, tf.constant(-1));
    Operand<TInt32> places = tf.range(tf.constant(0), Shapes.size(tf, labels, 1), tf.constant(1));
    Operand<TBool> repeated =
        tf.math.logicalAnd(
            tf.math.equal(labels, before),
            tf.math.less(places, tf.expandDims(lengths, tf.constant(1))));
    Operand<TInt32> blanks =
        tf.reduceSum(tf.dtypes.cast(repeated, TInt32.class), tf.constant(1)); // [B]
    return tf.math.greaterEqual(positions, tf.math.add(lengths, blanks));
  }
}
