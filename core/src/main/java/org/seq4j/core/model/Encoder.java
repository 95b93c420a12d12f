package org.seq4j.core.model;

import org.seq4j.core.graph.Scope;

/** Reads the embedded source. Keeps no operand in a field: it is built into several graphs. */
public interface Encoder {

  /** Adds the encoder to the graph. */
  Memory encode(Scope scope, Sequence source);
}
