package org.seq4j.core.graph;

import org.tensorflow.Operand;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;

/**
 * The bodies and results of the loops that {@link Scope#scan} and {@link Scope#whileLoop} add.
 *
 * <p>A body is traced several times on different graphs and keeps no operand between calls. What it
 * multiplies by weights through {@link Scope#linear} costs least: products of the loop's own inputs
 * are taken before the loop over all time steps at once; the other products are kept for the
 * backward pass rather than computed again; and the gradients of kernels are one product after the
 * loop.
 */
public final class Loop {
  private Loop() {}

  /** The end of the sequences that comes first. */
  public enum Direction {
    /** From the first position to the last. */
    FORWARD,
    /** From each sequence's own last position to its first. */
    BACKWARD
  }

  /** One step of a scan over time. */
  @FunctionalInterface
  public interface ScanBody {

    /**
     * Adds the step's ops.
     *
     * @param scope of the loop's body; parameters have the same names as outside
     * @param constants as given to the scan
     * @param input at this position, {@code [B, ...]} each
     * @param position the number of steps before this one, a scalar
     * @param state from the step before, {@code [B, ...]} each
     */
    StepOutput step(
        Scope scope,
        NamedTensors constants,
        NamedTensors input,
        Operand<TInt32> position,
        NamedTensors state);
  }

  /**
   * The results of one step.
   *
   * @param outputs at this position, {@code [B, ...]} each, of 32-bit floats
   * @param state of the same names, types and shapes as the state that the step was given
   */
  public record StepOutput(NamedTensors outputs, NamedTensors state) {}

  /**
   * The results of all steps.
   *
   * @param outputs {@code [B, T, ...]} each, zero beyond each sequence's length
   * @param finalState after each sequence's last real step, {@code [B, ...]} each; for an empty
   *     sequence its initial state
   */
  public record ScanOutput(NamedTensors outputs, NamedTensors finalState) {}

  /** One step of a loop that runs for as long as it asks for more. */
  @FunctionalInterface
  public interface WhileBody {

    /**
     * Adds the step's ops.
     *
     * @param scope of the loop's body; parameters have the same names as outside
     * @param constants as given to the loop
     * @param position the number of steps before this one, a scalar
     * @param state from the step before, {@code [B, ...]} each
     */
    WhileOutput step(
        Scope scope, NamedTensors constants, Operand<TInt32> position, NamedTensors state);
  }

  /**
   * The result of one step of a while loop.
   *
   * @param state of the same names, types and shapes as the state that the step was given
   * @param more whether another step follows, a scalar
   */
  public record WhileOutput(NamedTensors state, Operand<TBool> more) {}
}
