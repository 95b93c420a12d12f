package org.seq4j.runtime.graph.scan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Shapes;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The backward pass of a scan: from the last step to the first, it builds the step again on the
 * saved states, and TensorFlow adds its gradients. Values of products are read, not computed again.
 */
final class ScanBackward {
  private final Scan scan;

  ScanBackward(Scan scan) {
    this.scan = scan;
  }

  /**
   * Adds the loop.
   *
   * @param given arguments of the scan
   * @param results states and outputs, stacked over time
   * @param saved factors and products, stacked over time
   * @param gradients gradients of the results of 32-bit floats, in their order
   * @return the gradient of each argument; null if there is none
   */
  List<Operand<TFloat32>> run(
      Ops tf,
      NamedTensors given,
      NamedTensors results,
      NamedTensors saved,
      List<Operand<TFloat32>> gradients) {
    Operand<TInt32> count = Scan.count(given);
    WhileLoop loop = new WhileLoop();
    Map<String, TensorList<?>> read = new LinkedHashMap<>();
    for (String name : given.names()) {
      if (name.startsWith("input/")) {
        read(loop, read, name, given.get(name));
      }
    }
    for (int k = 0; k < scan.trace.products().size(); k++) {
      if (!scan.trace.products().get(k).hasInner()) {
        read(loop, read, Scan.projected(k), given.get(Scan.projected(k)));
      }
    }
    results.names().stream()
        .filter(name -> name.startsWith("state/"))
        .forEach(name -> read(loop, read, "saved/" + name, results.get(name)));
    saved.names().stream()
        .filter(name -> !name.startsWith("factor/"))
        .forEach(name -> read(loop, read, name, saved.get(name)));
    int next = 0;
    for (String name : results.names()) {
      if (isFloat(results.get(name))) {
        read(loop, read, "gradient/" + name, gradients.get(next++));
      }
    }
    declareTensors(tf, loop, given);
    Map<String, TensorList<?>> written = declareWritten(tf, loop, given, count);
    Map<String, Operand<?>> after = loop.down(tf, count, new ScanBackwardStep(scan, read)::add);
    NamedTensors stacked = NamedTensors.EMPTY;
    for (Map.Entry<String, TensorList<?>> list : written.entrySet()) {
      stacked = stacked.with(list.getKey(), list.getValue().stack(tf, after.get(list.getKey())));
    }
    return collect(tf, given, results, saved, gradients, after, stacked);
  }

  /** Returns the name of the factors of a product with a constant, stacked over time. */
  static String constantFactor(ConstantProduct product) {
    return "written/factor of constant/" + product.number();
  }

  /** Returns the name of the gradients of a product with a constant, stacked over time. */
  static String constantValue(ConstantProduct product) {
    return "written/product with constant/" + product.number();
  }

  static boolean isFloat(Operand<?> operand) {
    return TFloat32.class.equals(operand.asOutput().type());
  }

  private static void read(
      WhileLoop loop, Map<String, TensorList<?>> read, String name, Operand<?> stacked) {
    read.put(name, TensorList.along(stacked));
    loop.list(name, stacked);
  }

  /** Declares constants, transposed kernels, and sums of gradients. */
  private void declareTensors(Ops tf, WhileLoop loop, NamedTensors given) {
    for (String name : given.names()) {
      Operand<?> argument = given.get(name);
      if (name.startsWith("constant/") || name.startsWith("parameter/")) {
        loop.tensor(name, argument);
        if (isFloat(argument)) {
          loop.tensor("sum/" + name, tf.zerosLike(argument));
        }
      } else if (name.startsWith("kernel/")) {
        // transposed and rounded once here, not in each step
        loop.tensor(
            name,
            scan.precision()
                .factor(
                    tf, tf.linalg.transpose(given.floats(name), tf.constant(new int[] {1, 0}))));
      } else if (name.startsWith("state/") && isFloat(argument)) {
        loop.tensor("sum/" + name, tf.zerosLike(argument));
      } else if (name.equals(Scan.RANDOM)) {
        loop.tensor(name, argument);
      }
    }
  }

  /** Declares lists of the gradients of inputs and products. */
  private Map<String, TensorList<?>> declareWritten(
      Ops tf, WhileLoop loop, NamedTensors given, Operand<TInt32> count) {
    Map<String, TensorList<?>> written = new LinkedHashMap<>();
    for (String name : scan.trace.rawInputs()) {
      Operand<?> input = given.get(Scan.input(name));
      if (isFloat(input)) {
        written.put("written/" + Scan.input(name), TensorList.along(input));
      }
    }
    for (int k = 0; k < scan.trace.products().size(); k++) {
      long units = scan.trace.products().get(k).linear().units();
      written.put(
          "written/" + ScanForward.product(k),
          new TensorList<>(TFloat32.class, Shape.of(Shape.UNKNOWN_SIZE, units)));
    }
    for (ConstantProduct product : scan.trace.constantProducts()) {
      written.put(constantFactor(product), product.factor());
      written.put(constantValue(product), product.value());
    }
    written.forEach((name, type) -> loop.list(name, type.reserve(tf, count)));
    return written;
  }

  private List<Operand<TFloat32>> collect(
      Ops tf,
      NamedTensors given,
      NamedTensors results,
      NamedTensors saved,
      List<Operand<TFloat32>> gradients,
      Map<String, Operand<?>> after,
      NamedTensors written) {
    Map<String, Operand<TFloat32>> found = new LinkedHashMap<>();
    for (String name : given.names()) {
      if (written.has("written/" + name)) {
        found.put(name, written.floats("written/" + name));
      } else if (after.containsKey("sum/" + name)) {
        found.put(name, floats(after.get("sum/" + name)));
      }
    }
    for (int k = 0; k < scan.trace.products().size(); k++) {
      Operand<TFloat32> dy = written.floats("written/" + ScanForward.product(k)); // [T, N, U]
      Product product = scan.trace.products().get(k);
      Operand<TFloat32> flat = Shapes.flatten(tf, dy, product.linear().units());
      found.put(Scan.projected(k), dy);
      found.put(Scan.bias(k), tf.reduceSum(flat, tf.constant(0)));
      if (product.hasInner()) {
        Operand<TFloat32> factor =
            product.innerState().isPresent()
                ? beforeLast(tf, results.floats(Scan.state(product.innerState().get())))
                : saved.floats(ScanForward.factor(k));
        found.put(
            Scan.kernel(k),
            scan.precision()
                .weightGradient(tf, Shapes.flatten(tf, factor, product.innerDepth()), flat));
      }
    }
    for (ConstantProduct product : scan.trace.constantProducts()) {
      found.merge(
          Scan.constant(product.constant()),
          product.gradient(
              tf, written.floats(constantFactor(product)), written.floats(constantValue(product))),
          tf.math::add);
    }
    addInitialStateGradients(tf, found, results, gradients);
    return given.names().stream().map(found::get).toList();
  }

  /** Adds the gradient of the states' first item, which is the initial state. */
  private void addInitialStateGradients(
      Ops tf,
      Map<String, Operand<TFloat32>> found,
      NamedTensors results,
      List<Operand<TFloat32>> gradients) {
    int next = 0;
    for (String name : results.names()) {
      if (isFloat(results.get(name))) {
        Operand<TFloat32> gradient = gradients.get(next++);
        if (name.startsWith("state/")) {
          Operand<TFloat32> first = tf.gather(gradient, tf.constant(0), tf.constant(0));
          found.merge(name, first, tf.math::add);
        }
      }
    }
  }

  /** Returns {@code [T + 1, B, D]} without its last item. */
  private static Operand<TFloat32> beforeLast(Ops tf, Operand<TFloat32> states) {
    Operand<TInt32> count = tf.math.sub(Shapes.size(tf, states, 0), tf.constant(1));
    Operand<TInt32> size = tf.stack(List.of(count, tf.constant(-1), tf.constant(-1)));
    return tf.slice(states, tf.constant(new int[] {0, 0, 0}), size);
  }

  @SuppressWarnings("unchecked") // sums are floats
  private static Operand<TFloat32> floats(Operand<?> operand) {
    return (Operand<TFloat32>) operand;
  }
}
