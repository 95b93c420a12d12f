package org.seq4j.runtime.graph.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Shapes;
import org.seq4j.runtime.graph.function.GraphSurgery;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A product {@code y = x c} or {@code y = x c^T} with a constant c of three axes in the body of a
 * scan, such as those of attention with keys and values. The gradient of c, which is as large as c,
 * is not accumulated step by step: it is one product of the x and dy of all steps after the loop.
 *
 * @param number index among the batch products of the body
 * @param constant name of c, {@code [B, S, D]}
 * @param transposed whether it is {@code x c^T}
 * @param factor type of x, {@code [B, Q, S]}, or {@code [B, Q, D]} if transposed
 * @param value type of y, {@code [B, Q, D]}, or {@code [B, Q, S]} if transposed
 */
record ConstantProduct(
    int number,
    String constant,
    boolean transposed,
    TensorList<TFloat32> factor,
    TensorList<TFloat32> value) {

  private static final int CONSTANT_INPUT = 1;

  /** Returns the batch products of a graph, in order of creation. */
  static List<GraphOperation> batchProducts(Graph graph) {
    return GraphSurgery.operations(graph, type -> type.startsWith("BatchMatMul"));
  }

  /** Returns the products with constants in the graph of a body. */
  static List<ConstantProduct> in(Graph graph, NamedTensors constants) {
    List<ConstantProduct> found = new ArrayList<>();
    List<GraphOperation> products = batchProducts(graph);
    for (int i = 0; i < products.size(); i++) {
      GraphOperation product = products.get(i);
      Optional<String> constant = nameOf(constants, product.input(CONSTANT_INPUT));
      boolean plain =
          nameOf(constants, product.input(0)).isEmpty()
              && ScanBackward.isFloat(product.output(0))
              && product.input(0).shape().numDimensions() == 3
              && product.input(CONSTANT_INPUT).shape().numDimensions() == 3
              // a single row may be broadcast to each row of the other factor, and its gradients
              // are summed
              && product.input(0).shape().get(0) != 1
              && product.input(CONSTANT_INPUT).shape().get(0) != 1
              && !product.attributes().getAttrBool("adj_x");
      if (constant.isPresent() && plain) {
        found.add(
            new ConstantProduct(
                i,
                constant.get(),
                product.attributes().getAttrBool("adj_y"),
                TensorList.floats(floats(product.input(0))),
                TensorList.floats(floats(product.output(0)))));
      }
    }
    return found;
  }

  private static Optional<String> nameOf(NamedTensors tensors, Output<?> operand) {
    return tensors.names().stream()
        .filter(name -> tensors.get(name).asOutput().equals(operand))
        .findFirst();
  }

  @SuppressWarnings("unchecked") // checked by the caller
  private static Operand<TFloat32> floats(Output<?> output) {
    return (Operand<TFloat32>) output;
  }

  /** Returns x, given the batch products of the graph of a body. */
  Operand<TFloat32> factorOf(List<GraphOperation> batchProducts) {
    return floats(batchProducts.get(number).input(0));
  }

  /** Returns y, given the batch products of the graph of a body. */
  Operand<TFloat32> valueOf(List<GraphOperation> batchProducts) {
    return floats(batchProducts.get(number).output(0));
  }

  /** Makes the product read c from other tensors, so that gradients do not pass to c. */
  void read(NamedTensors constants, List<GraphOperation> batchProducts) {
    GraphOperation product = batchProducts.get(number);
    Graph graph = product.env();
    GraphSurgery.redirectInput(graph, product, CONSTANT_INPUT, constants.get(constant));
  }

  /**
   * Computes the gradient of c.
   *
   * @param factors x of all steps, {@code [T, B, Q, ...]}
   * @param gradients gradients of y at all steps, {@code [T, B, Q, ...]}
   */
  Operand<TFloat32> gradient(Ops tf, Operand<TFloat32> factors, Operand<TFloat32> gradients) {
    Operand<TFloat32> x = byBatch(tf, factors);
    Operand<TFloat32> dy = byBatch(tf, gradients);
    return tf.train.batchMatMul(
        transposed ? dy : x, transposed ? x : dy, TFloat32.class, BatchMatMul.adjX(true));
  }

  /** Reshapes {@code [T, B, Q, D]} to {@code [B, T * Q, D]}. */
  private static Operand<TFloat32> byBatch(Ops tf, Operand<TFloat32> x) {
    Operand<TInt32> rows = tf.math.mul(Shapes.size(tf, x, 0), Shapes.size(tf, x, 2));
    return tf.reshape(
        tf.linalg.transpose(x, tf.constant(new int[] {1, 0, 2, 3})),
        tf.stack(List.of(Shapes.size(tf, x, 1), rows, Shapes.size(tf, x, 3))));
  }
}
