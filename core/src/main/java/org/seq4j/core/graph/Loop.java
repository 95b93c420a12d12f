package org.seq4j.core.graph;

import org.tensorflow.Operand;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;

/**
 * Bodies and results of the loops that {@link Scope#scan} and {@link Scope#whileLoop} add.
 *
 * <p>A body is traced several times on different graphs and keeps no operand between calls. It
 * should multiply by weights through {@link Scope#linear}, which is fastest: products of the loop's
 * inputs are computed for all time steps at once, before the loop; the other products are kept for
 * the backward pass instead of being computed again; the gradient of a kernel is one product after
 * the loop.
 */
public final class Loop {
  private Loop() {}

  /** The order in which a scan visits the positions of a sequence. */
  public enum Direction {
    /** From the first position to the last. */
    FORWARD,
    /** From the last position of each sequence, by its length, to the first. */
    BACKWARD
  }

  /** One step of a scan over time. */
  @FunctionalInterface
  public interface ScanBody {

    /**
     * Adds the step's ops.
     *
     * @param scope scope of the loop's body; its parameters have the same paths as outside
     * @param constants the constants of the scan
     * @param input inputs at this position, {@code [B, ...]} each
     * @param position number of previous steps, a scalar
     * @param state state of the previous step, {@code [B, ...]} each
     */
    StepOutput step(
        Scope scope,
        NamedTensors constants,
        NamedTensors input,
        Operand<TInt32> position,
        NamedTensors state);
  }

  /**
   * The result of one step of a scan.
   *
   * @param outputs outputs at this position, {@code [B, ...]} each, 32-bit floats
   * @param state the next state, with the names, types and shapes of the state passed to the step
   */
  public record StepOutput(NamedTensors outputs, NamedTensors state) {}

  /**
   * The result of a scan.
   *
   * @param outputs {@code [B, T, ...]} each, zero beyond each sequence's length
   * @param finalState the state after the last position of each sequence, {@code [B, ...]} each;
   *     the initial state for an empty sequence
   */
  public record ScanOutput(NamedTensors outputs, NamedTensors finalState) {}

  /** One step of a while loop. */
  @FunctionalInterface
  public interface WhileBody {

    /**
     * Adds the step's ops.
     *
     * @param scope scope of the loop's body; its parameters have the same paths as outside
     * @param constants the constants of the loop
     * @param position number of previous steps, a scalar
     * @param state state of the previous step, {@code [B, ...]} each
     */
    WhileOutput step(
        Scope scope, NamedTensors constants, Operand<TInt32> position, NamedTensors state);
  }

  /**
   * The result of one step of a while loop.
   *
   * @param state the next state, with the names, types and shapes of the state passed to the step
   * @param more true to run another step, a scalar
   */
  public record WhileOutput(NamedTensors state, Operand<TBool> more) {}
}
