package org.seq4j.core.model;

import java.util.Optional;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Kind;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Produces a vector for each target position from the one before and the source. Keeps no operand
 * in a field: it is built into several graphs.
 *
 * <p>A search holds K hypotheses for each of B sources. What {@link #prepare} returns has a row for
 * each source, B; states and inputs have a row for each hypothesis, B·K, source after source. In
 * training K is 1. {@link org.seq4j.core.graph.Shapes} converts between the two.
 */
@Kind("decoder")
public interface Decoder {

  /** Computes what is needed of the source once, a row a source: keys, values, lengths. */
  NamedTensors prepare(Scope scope, Memory memory);

  /** The state before the first step, a row a source; the search repeats it for each hypothesis. */
  NamedTensors initialState(Scope scope, NamedTensors prepared);

  /**
   * One step.
   *
   * @param prepared what {@link #prepare} returned, {@code [B, ...]}
   * @param input the embedded symbol before, {@code [B·K, E]}
   * @param position how many steps came before this one, a scalar
   * @param state what the step before returned, {@code [B·K, ...]}; the same names and shapes as
   *     {@link #initialState}
   */
  Step step(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> input,
      Operand<TInt32> position,
      NamedTensors state);

  /**
   * All steps with given inputs (teacher forcing). The default runs {@link #step} over time; a
   * decoder that can do better overrides it and must give the same result.
   *
   * @param inputs the embedded symbols before, {@code [B, T, E]}
   */
  default DecoderOutput decode(Scope scope, Memory memory, Sequence inputs) {
    return DecoderOutput.byStepping(this, scope, memory, inputs);
  }

  /**
   * What a step gives.
   *
   * @param output the vector that the output layer predicts the symbol from, {@code [B·K, D]}
   * @param state the state after it
   * @param weights where it looked, {@code [B·K, S]}, if it has attention
   * @param losses additional terms of the loss, {@code [B·K]} each
   */
  record Step(
      Operand<TFloat32> output,
      NamedTensors state,
      Optional<Operand<TFloat32>> weights,
      NamedTensors losses) {}
}
