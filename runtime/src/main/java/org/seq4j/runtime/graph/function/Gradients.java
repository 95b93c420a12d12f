package org.seq4j.runtime.graph.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Computes gradients with TensorFlow, with workarounds for its errors. */
public final class Gradients {
  private Gradients() {}

  /**
   * Computes the gradients with respect to xs, given those with respect to ys.
   *
   * @param ys operands whose gradients are given
   * @param dys gradients with respect to ys
   * @param xs operands whose gradients are computed; they may depend on one another
   * @return the gradient of each x; empty if no y depends on it
   */
  public static List<Optional<Operand<TFloat32>>> of(
      Ops tf, List<Operand<TFloat32>> ys, List<Operand<TFloat32>> dys, List<Operand<TFloat32>> xs) {
    AdjointGradient.register();
    Graph graph = (Graph) tf.scope().env();
    // TensorFlow's gradients can be silently wrong if one y is computed from another; identities
    // are not computed from one another.
    Output<?>[] ends = ys.stream().map(y -> tf.identity(y).asOutput()).toArray(Output<?>[]::new);
    List<Integer> reached = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      // TensorFlow rejects the whole request if no y depends on one x.
      Set<GraphOperation> onward = graph.subgraphFrom(Set.<Operand<?>>of(xs.get(i)));
      for (Output<?> end : ends) {
        if (onward.contains((GraphOperation) end.op())) {
          reached.add(i);
          break;
        }
      }
    }
    List<Optional<Operand<TFloat32>>> gradients = new ArrayList<>();
    xs.forEach(x -> gradients.add(Optional.empty()));
    if (reached.isEmpty()) {
      return gradients;
    }
    Output<?>[] found =
        graph.addGradients(
            tf.scope().makeUnique("gradients"),
            ends,
            reached.stream().map(i -> xs.get(i).asOutput()).toArray(Output<?>[]::new),
            dys.stream().map(Operand::asOutput).toArray(Output<?>[]::new));
    for (int k = 0; k < found.length; k++) {
      if (!AdjointGradient.isMissing(found[k])) {
        gradients.set(reached.get(k), Optional.of(floats(found[k])));
      }
    }
    return gradients;
  }

  @SuppressWarnings("unchecked") // the gradient of a float is a float
  private static Operand<TFloat32> floats(Output<?> gradient) {
    return (Operand<TFloat32>) gradient;
  }
}
