package org.seq4j.core.model;

import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Kind;

/** Reads the embedded source. Keeps no operand in a field: it is built into several graphs. */
@Kind("encoder")
public interface Encoder {

  /** Adds the encoder to the graph. */
  Memory encode(Scope scope, Sequence source);
}
