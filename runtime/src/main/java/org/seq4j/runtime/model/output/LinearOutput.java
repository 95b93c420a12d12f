package org.seq4j.runtime.model.output;

import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.VectorOutput;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** An output layer that maps linearly to vectors. */
public final class LinearOutput implements VectorOutput {

  @Override
  public Operand<TFloat32> vectors(Scope scope, Operand<TFloat32> features, long depth) {
    return scope.linear("frame", depth, true, features);
  }
}
