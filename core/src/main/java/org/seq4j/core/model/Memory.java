package org.seq4j.core.model;

import org.seq4j.core.graph.NamedTensors;

/**
 * The result of an encoder: the input of a decoder and its attention.
 *
 * @param sequence encoder outputs, one per {@code stride} source positions, {@code [B, ceil(S /
 *     stride), D]}, with their own lengths
 * @param finalState state after the last position of each sequence, from which a decoder can start,
 *     {@code [B, D]} each, named {@code layer.N.NAME}: {@code layer.0.hidden}, {@code layer.0.cell}
 * @param stride number of source positions per encoder output
 */
public record Memory(Sequence sequence, NamedTensors finalState, int stride) {

  /**
   * Checks the parts.
   *
   * @throws IllegalStateException if a part is null, the depth of the sequence is unknown, or the
   *     stride is below 1
   */
  public Memory {
    Returned.present("the sequence of an encoder", sequence);
    Returned.ofDepth("the output of an encoder", sequence.values(), "[B, S, D]");
    Returned.present("the final state of an encoder", finalState);
    if (stride < 1) {
      throw new IllegalStateException(
          "the stride of an encoder is " + stride + ": expected 1 or more");
    }
  }

  /**
   * Returns true if there is no source, because the model is a language model: the sequence has a
   * depth of 0 and no positions, and there is no final state.
   */
  public boolean isEmpty() {
    return sequence.depth() == 0;
  }
}
