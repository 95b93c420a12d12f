package org.seq4j.core.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReverseSequence;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A loop over time that can be differentiated: the same step for each position of a batch of
 * sequences, with a state handed on.
 *
 * <p>The step is traced several times on different graphs. What it multiplies by weights through
 * {@link Scope#linear} costs least: products of the loop's own inputs are taken before the loop
 * over all time steps at once; the others are kept for the way back rather than computed again; and
 * the gradients of kernels are one product after the loop.
 */
public final class Recurrence {

  /** Which end of the sequences comes first. */
  public enum Direction {
    /** From the first position to the last. */
    FORWARD,
    /** From each sequence's own last position to its first. */
    BACKWARD
  }

  /** One step. Keeps no operand between calls. */
  @FunctionalInterface
  public interface Body {

    /**
     * Adds the step's ops.
     *
     * @param scope of the loop's body; parameters have the same names as outside
     * @param input at this position, {@code [B, ...]} each
     * @param state from the step before, {@code [B, ...]} each
     * @param constants as given to the scan
     * @param time how many steps came before, a scalar
     */
    Stepped step(
        Scope scope,
        NamedTensors input,
        NamedTensors state,
        NamedTensors constants,
        Operand<TInt32> time);
  }

  /**
   * What a step gives.
   *
   * @param outputs at this position, {@code [B, ...]} each, of 32-bit floats
   * @param state of the same names, types and shapes as the one it was given
   */
  public record Stepped(NamedTensors outputs, NamedTensors state) {}

  /**
   * What all steps give.
   *
   * @param outputs {@code [B, T, ...]} each, zero beyond each sequence's length
   * @param finalState after each sequence's last real step, {@code [B, ...]} each; that of an empty
   *     sequence is its initial state
   */
  public record Scanned(NamedTensors outputs, NamedTensors finalState) {}

  /** One turn of a loop that goes on as long as it says. Keeps no operand between calls. */
  @FunctionalInterface
  public interface Repeated {

    /**
     * Adds the turn's ops.
     *
     * @param scope of the loop's body; parameters have the same names as outside
     * @param state from the turn before, {@code [B, ...]} each
     * @param constants as given to the loop
     * @param time how many turns came before, a scalar
     */
    Turn turn(Scope scope, NamedTensors state, NamedTensors constants, Operand<TInt32> time);
  }

  /**
   * What a turn gives.
   *
   * @param state of the same names, types and shapes as the one it was given
   * @param goesOn a scalar: whether another turn follows
   */
  public record Turn(NamedTensors state, Operand<TBool> goesOn) {}

  private Recurrence() {}

  /**
   * Runs a step as often as it asks for, and keeps only the last state. Such a loop cannot be
   * differentiated.
   *
   * @param most how often at most, a scalar of at least 1
   * @param initialState {@code [B, ...]} each
   * @param constants of any shape and type
   * @return the state after the last turn
   * @throws IllegalArgumentException in training
   */
  public static NamedTensors repeat(
      Scope scope,
      Operand<TInt32> most,
      NamedTensors initialState,
      NamedTensors constants,
      Repeated body) {
    if (scope.training()) {
      throw new IllegalArgumentException("a loop that ends when it wants has no gradients");
    }
    return new Repetition(scope, initialState, constants, body).run(most);
  }

  /**
   * Runs a step over time.
   *
   * @param scope where; in training the loop is differentiable in inputs, initial state, constants
   *     and parameters of 32-bit floats
   * @param inputs {@code [B, T, ...]} each
   * @param lengths {@code [B]}: how many steps are real
   * @param initialState {@code [B, ...]} each
   * @param constants of any shape and type
   */
  public static Scanned scan(
      Scope scope,
      NamedTensors inputs,
      Operand<TInt32> lengths,
      NamedTensors initialState,
      NamedTensors constants,
      Direction direction,
      Body body) {
    Ops tf = scope.tf();
    NamedTensors timeMajor =
        inputs.map(input -> swapBatchAndTime(tf, ordered(tf, input, lengths, direction)));
    Scan scan = Scan.trace(scope, timeMajor, initialState, constants, body);
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
    return new Scanned(outputs, stacked.states().map(states -> atLengths(tf, states, lengths)));
  }

  private static <T extends TType> Operand<T> ordered(
      Ops tf, Operand<T> x, Operand<TInt32> lengths, Direction direction) {
    return direction == Direction.FORWARD
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

  @SuppressWarnings("unchecked") // outputs are of floats, as Scan checks
  private static Operand<TFloat32> zeroPadding(Ops tf, Operand<?> output, Operand<TInt32> lengths) {
    Operand<TFloat32> values = (Operand<TFloat32>) output;
    List<Integer> inner = new ArrayList<>();
    for (int axis = 2; axis < values.shape().numDimensions(); axis++) {
      inner.add(axis);
    }
    Operand<TBool> real = Masks.real(tf, lengths, Rows.size(tf, values, 1));
    for (int axis : inner) {
      real = tf.expandDims(real, tf.constant(axis));
    }
    return tf.select(real, values, tf.constant(0f));
  }

  /** States of {@code [T + 1, B, ...]}, of which row {@code b} is taken at its own length. */
  private static <T extends TType> Operand<T> atLengths(
      Ops tf, Operand<T> states, Operand<TInt32> lengths) {
    Operand<TInt32> rows =
        tf.range(tf.constant(0), Rows.size(tf, lengths, 0), tf.constant(1)); // [B]
    return tf.gatherNd(states, tf.stack(List.of(lengths, rows), Stack.axis(1L)));
  }
}
