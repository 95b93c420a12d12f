package org.seq4j.core.model;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Kind;

/** Reads the embedded source. Keeps no operand in a field: it is built into several graphs. */
@Kind("encoder")
public interface Encoder {

  /** Adds the encoder to the graph. */
  Encoded encode(Scope scope, Sequence source);

  /**
   * A source as it was read.
   *
   * @param sequence a vector for each {@code stride} positions, {@code [B, S / stride, D]}, with
   *     its own lengths
   * @param finalState the state after each sequence's last real position, {@code [B, D]} each,
   *     named {@code layer.N.NAME}: {@code layer.0.hidden}, {@code layer.0.cell}
   * @param stride how many source positions one position of {@code sequence} stands for
   */
  record Encoded(Sequence sequence, NamedTensors finalState, int stride) {}
}
