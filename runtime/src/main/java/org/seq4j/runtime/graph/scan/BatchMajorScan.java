package org.seq4j.runtime.graph.scan;

import java.util.List;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReverseSequence;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A {@link Scan} over padded sequences whose first axis is the batch. It transposes them to
 * time-major order, reversed for the backward direction, and transposes the results back.
 */
final class BatchMajorScan {
  private BatchMajorScan() {}

  /** Implements {@link Scope#scan}. */
  static Loop.ScanOutput run(
      GraphScope scope,
      NamedTensors constants,
      NamedTensors inputs,
      Operand<TInt32> lengths,
      NamedTensors initialState,
      Loop.Direction direction,
      Loop.ScanBody body) {
    Ops tf = scope.tf();
    NamedTensors timeMajor =
        inputs.map(input -> swapBatchAndTime(tf, ordered(tf, input, lengths, direction)));
    Scan scan = Scan.trace(scope, timeMajor, initialState, constants, body, scope.training());
    Scan.Stacked stacked = scan.run(); // outputs [T, B, ...], states [T + 1, B, ...]
    NamedTensors outputs =
        stacked
            .outputs()
            .map(
                output ->
                    zeroPadding(
                        tf,
                        ordered(tf, swapBatchAndTime(tf, output), lengths, direction),
                        lengths));
    return new Loop.ScanOutput(
        outputs, stacked.states().map(states -> atLengths(tf, states, lengths)));
  }

  private static <T extends TType> Operand<T> ordered(
      Ops tf, Operand<T> x, Operand<TInt32> lengths, Loop.Direction direction) {
    return direction == Loop.Direction.FORWARD
        ? x
        : tf.reverseSequence(x, lengths, 1L, ReverseSequence.batchDim(0L));
  }

  private static <T extends TType> Operand<T> swapBatchAndTime(Ops tf, Operand<T> x) {
    int[] axes = new int[x.shape().numDimensions()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i < 2 ? 1 - i : i;
    }
    return tf.linalg.transpose(x, tf.constant(axes));
  }

  @SuppressWarnings("unchecked") // outputs are floats, as Scan checks
  private static Operand<TFloat32> zeroPadding(Ops tf, Operand<?> output, Operand<TInt32> lengths) {
    Operand<TFloat32> values = (Operand<TFloat32>) output;
    Operand<TBool> real = Masks.real(tf, lengths, Shapes.size(tf, values, 1));
    for (int axis = 2; axis < values.shape().numDimensions(); axis++) {
      real = tf.expandDims(real, tf.constant(axis));
    }
    return tf.select(real, values, tf.constant(0f));
  }

  /** Returns row {@code b} of the states, {@code [T + 1, B, ...]}, at its own length. */
  private static <T extends TType> Operand<T> atLengths(
      Ops tf, Operand<T> states, Operand<TInt32> lengths) {
    Operand<TInt32> rows =
        tf.range(tf.constant(0), Shapes.size(tf, lengths, 0), tf.constant(1)); // [B]
    return tf.gatherNd(states, tf.stack(List.of(lengths, rows), Stack.axis(1L)));
  }
}
