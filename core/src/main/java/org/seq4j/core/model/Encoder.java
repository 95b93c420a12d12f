package org.seq4j.core.model;

import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Kind;

/** Encodes the embedded source. It keeps no operand in a field: it is built into several graphs. */
@Kind("encoder")
public interface Encoder {

  /**
   * Computes the memory.
   *
   * @param source embedded source tokens, or vectors, {@code [B, S, E]}; the result must not depend
   *     on padding. An encoder that needs columns throws an IllegalArgumentException with a message
   *     for users if the source has none
   */
  Memory encode(Scope scope, Sequence source);
}
