package org.seq4j.core.model;

import java.util.Optional;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Kind;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Computes a vector for each target position from the previous tokens and the source. It keeps no
 * operand in a field, because it is built into several graphs.
 *
 * <p>A search keeps K hypotheses for each of B sources. The result of {@link #prepare} has one row
 * per source, B; states and inputs have one row per hypothesis, B·K, grouped by source. In training
 * K is 1. {@link org.seq4j.core.graph.Shapes} converts between the two.
 */
@Kind("decoder")
public interface Decoder {

  /**
   * Computes the tensors that all steps use, one row per source: keys, values, lengths.
   *
   * @throws IllegalArgumentException if the memory {@linkplain Memory#isEmpty is empty}, as that of
   *     a language model, and the decoder is configured to read it; the message is for the user
   */
  NamedTensors prepare(Scope scope, Memory memory);

  /** The state before the first step, one row per source; a search repeats it per hypothesis. */
  NamedTensors initialState(Scope scope, NamedTensors prepared);

  /**
   * Computes one step.
   *
   * @param prepared the result of {@link #prepare}, {@code [B, ...]} each
   * @param input embedding of the previous token, at the first step of the begin token; or the
   *     previous vector, at the first step zeros; {@code [B·K, E]}
   * @param position number of previous steps, a scalar
   * @param state state of the previous step, {@code [B·K, ...]} each, with the names and shapes of
   *     {@link #initialState}
   */
  Step step(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> input,
      Operand<TInt32> position,
      NamedTensors state);

  /**
   * Computes all steps with given inputs (teacher forcing). The default scans {@link #step} over
   * time; a faster implementation must return the same result.
   *
   * @param inputs the input of each step, {@code [B, T, E]}: the target, shifted by one position
   */
  default DecoderOutput decode(Scope scope, Memory memory, Sequence inputs) {
    return DecoderOutput.byStepping(this, scope, memory, inputs);
  }

  /**
   * The result of one step.
   *
   * @param output input of the output layer, {@code [B·K, D]}
   * @param state the next state
   * @param weights attention weights, {@code [B·K, S]}, if the decoder has attention
   * @param losses additional terms of the loss by name, {@code [B·K]} each; training adds them
   *     without a weight
   */
  record Step(
      Operand<TFloat32> output,
      NamedTensors state,
      Optional<Operand<TFloat32>> weights,
      NamedTensors losses) {

    /**
     * Checks the shapes that are known.
     *
     * @throws IllegalStateException if a part is null or has another number of axes, or the depth
     *     of the output is unknown
     */
    public Step {
      Returned.ofDepth("the output of a decoder's step", output, "[B, D]");
      Returned.present("the state of a decoder's step", state);
      Returned.present("the weights of a decoder's step", weights)
          .ifPresent(it -> Returned.ofRank("the weights of a decoder's step", it, "[B, S]"));
      Returned.present("the losses of a decoder's step", losses);
    }
  }
}
