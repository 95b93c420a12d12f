package org.seq4j.core.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The backward pass of a scan: from the last step to the first, the step is built again on the
 * saved states and TensorFlow adds its gradients; the values of products are read rather than
 * computed.
 */
final class ScanBackward {
  private final Scan scan;

  ScanBackward(Scan scan) {
    this.scan = scan;
  }

  /**
   * Adds the loop.
   *
   * @param given the arguments of the scan
   * @param results states and outputs along time
   * @param saved factors and products along time
   * @param gradients of the results of 32-bit floats, in their order
   * @return the gradient of each argument; null where there is none
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
      if (name.startsWith("input/")
          || (name.startsWith("projected/") && !saved.has(productOf(name)))) {
        read(tf, loop, read, name, given.get(name));
      }
    }
    results.names().stream()
        .filter(name -> name.startsWith("state/"))
        .forEach(name -> read(tf, loop, read, "saved/" + name, results.get(name)));
    saved.names().stream()
        .filter(name -> name.startsWith("product/"))
        .forEach(name -> read(tf, loop, read, name, saved.get(name)));
    int next = 0;
    for (String name : results.names()) {
      if (isFloat(results.get(name))) {
        read(tf, loop, read, "gradient/" + name, gradients.get(next++));
      }
    }
    declareTensors(tf, loop, given);
    Map<String, TensorList<?>> written = declareWritten(tf, loop, given, count);
    Map<String, Operand<?>> after =
        loop.down(tf, count, (inner, time, variables) -> step(inner, time, variables, read));
    NamedTensors stacked = NamedTensors.EMPTY;
    for (Map.Entry<String, TensorList<?>> list : written.entrySet()) {
      stacked = stacked.with(list.getKey(), list.getValue().stack(tf, after.get(list.getKey())));
    }
    return collect(tf, given, results, saved, gradients, after, stacked);
  }

  private static String productOf(String projected) {
    return "product/" + projected.substring("projected/".length());
  }

  private static boolean isFloat(Operand<?> operand) {
    return TFloat32.class.equals(operand.asOutput().type());
  }

  private static void read(
      Ops tf, WhileLoop loop, Map<String, TensorList<?>> read, String name, Operand<?> stacked) {
    TensorList<?> type = TensorList.along(stacked);
    read.put(name, type);
    loop.list(name, type.split(tf, stacked));
  }

  /** Constants, kernels the other way round, and sums of gradients. */
  private void declareTensors(Ops tf, WhileLoop loop, NamedTensors given) {
    for (String name : given.names()) {
      Operand<?> argument = given.get(name);
      if (name.startsWith("constant/") || name.startsWith("parameter/")) {
        loop.tensor(name, argument);
        if (isFloat(argument)) {
          loop.tensor("sum/" + name, tf.zerosLike(argument));
        }
      } else if (name.startsWith("kernel/")) {
        // transposed once here rather than in the product of every step
        loop.tensor(name, tf.linalg.transpose(given.floats(name), tf.constant(new int[] {1, 0})));
      } else if (name.startsWith("state/") && isFloat(argument)) {
        loop.tensor("sum/" + name, tf.zerosLike(argument));
      } else if (name.equals(Scan.RANDOM)) {
        loop.tensor(name, argument);
      }
    }
  }

  /** Lists of the gradients of inputs and products. */
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
    written.forEach((name, type) -> loop.list(name, type.reserve(tf, count)));
    return written;
  }

  private Map<String, Operand<?>> step(
      Ops tf,
      Operand<TInt32> time,
      WhileLoop.Variables variables,
      Map<String, TensorList<?>> read) {
    Reader reader = new Reader(tf, variables, read);
    List<Operand<TFloat32>> products = new ArrayList<>();
    ScanFrame frame =
        new ScanFrame(
            scan,
            variables,
            time,
            (ops, inputs) -> {
              int k = products.size();
              products.add(product(ops, k, inputs, time, variables, reader));
              return products.get(k);
            });
    NamedTensors input = NamedTensors.EMPTY;
    for (String name : scan.trace.rawInputs()) {
      input = input.with(name, reader.get(Scan.input(name), time));
    }
    NamedTensors state = NamedTensors.EMPTY;
    for (String name : scan.stateNames) {
      state = state.with(name, reader.get("saved/" + Scan.state(name), time));
    }
    NamedTensors constants = scan.constants(variables);
    Recurrence.Stepped stepped =
        scan.body.step(
            new Scope(frame, tf, scan.scope.path()),
            scan.inputs(tf, input),
            state,
            constants,
            time);
    Map<String, Operand<TFloat32>> xs = new LinkedHashMap<>();
    addFloats(xs, "written/input/", input);
    addFloats(xs, "sum/state/", state);
    addFloats(xs, "sum/constant/", constants);
    scan.trace
        .parameters()
        .keySet()
        .forEach(
            path -> xs.put("sum/" + Scan.parameter(path), variables.floats(Scan.parameter(path))));
    for (int k = 0; k < products.size(); k++) {
      xs.put("written/" + ScanForward.product(k), products.get(k));
    }
    Map<String, Operand<?>> changed = backpropagate(tf, time, variables, reader, stepped, xs);
    readProducts(tf, time, products, reader);
    return changed;
  }

  private static void addFloats(
      Map<String, Operand<TFloat32>> xs, String prefix, NamedTensors tensors) {
    for (String name : tensors.names()) {
      if (isFloat(tensors.get(name))) {
        xs.put(prefix + name, tensors.floats(name));
      }
    }
  }

  /** Reads items of lists. */
  private record Reader(Ops tf, WhileLoop.Variables variables, Map<String, TensorList<?>> types) {
    Operand<?> get(String name, Operand<TInt32> index) {
      return types.get(name).get(tf, variables.get(name), index);
    }

    @SuppressWarnings("unchecked") // the caller knows the list
    Operand<TFloat32> floats(String name, Operand<TInt32> index) {
      return (Operand<TFloat32>) get(name, index);
    }

    boolean has(String name) {
      return types.containsKey(name);
    }
  }

  /**
   * A product for gradients to pass through. Its value, which lacks what was projected, is never
   * computed: see {@link #readProducts}.
   */
  private Operand<TFloat32> product(
      Ops tf,
      int k,
      List<Operand<TFloat32>> inputs,
      Operand<TInt32> time,
      WhileLoop.Variables variables,
      Reader reader) {
    Product product = scan.trace.products().get(k);
    if (!product.hasInner()) {
      return reader.floats(Scan.projected(k), time);
    }
    return tf.linalg.matMul(
        Scan.factor(tf, product, inputs),
        variables.floats(Scan.kernel(k)),
        MatMul.transposeB(true));
  }

  /** Puts the saved values of products in the place of the computed ones. */
  private static void readProducts(
      Ops tf, Operand<TInt32> time, List<Operand<TFloat32>> products, Reader reader) {
    for (int k = 0; k < products.size(); k++) {
      if (reader.has(ScanForward.product(k))) {
        Operand<?> value = reader.get(ScanForward.product(k), time);
        NativeGraph.redirectConsumers((Graph) tf.scope().env(), products.get(k), value);
      }
    }
  }

  /** Takes the gradients of one step and returns the variables that they change. */
  private Map<String, Operand<?>> backpropagate(
      Ops tf,
      Operand<TInt32> time,
      WhileLoop.Variables variables,
      Reader reader,
      Recurrence.Stepped stepped,
      Map<String, Operand<TFloat32>> xs) {
    List<Operand<TFloat32>> ys = new ArrayList<>();
    List<Operand<TFloat32>> dys = new ArrayList<>();
    for (String name : stepped.outputs().names()) {
      if (reader.has("gradient/" + name)) {
        ys.add(stepped.outputs().floats(name));
        dys.add(reader.floats("gradient/" + name, time));
      }
    }
    Operand<TInt32> after = tf.math.add(time, tf.constant(1));
    for (String name : stepped.state().names()) {
      if (isFloat(stepped.state().get(name))) {
        ys.add(stepped.state().floats(name));
        dys.add(
            tf.math.add(
                variables.floats("sum/" + Scan.state(name)),
                reader.floats("gradient/" + Scan.state(name), after)));
      }
    }
    List<Optional<Operand<TFloat32>>> gradients =
        Gradients.of(tf, ys, dys, List.copyOf(xs.values()));
    Map<String, Operand<?>> changed = new LinkedHashMap<>();
    int i = 0;
    for (Map.Entry<String, Operand<TFloat32>> x : xs.entrySet()) {
      String name = x.getKey();
      Optional<Operand<TFloat32>> gradient = gradients.get(i++);
      if (name.startsWith("written/")) {
        Operand<TFloat32> item = gradient.orElseGet(() -> tf.zerosLike(x.getValue()));
        changed.put(name, TensorList.like(item).set(tf, variables.get(name), time, item));
      } else if (name.startsWith("sum/state/")) {
        changed.put(name, gradient.orElseGet(() -> tf.zerosLike(x.getValue())));
      } else if (gradient.isPresent()) {
        changed.put(name, tf.math.add(variables.floats(name), gradient.get()));
      }
    }
    return changed;
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
      Operand<TFloat32> flat = Rows.flatten(tf, dy, product.linear().units());
      found.put(Scan.projected(k), dy);
      found.put(Scan.bias(k), tf.reduceSum(flat, tf.constant(0)));
      if (product.hasInner()) {
        Operand<TFloat32> factor =
            product.innerState().isPresent()
                ? beforeLast(tf, results.floats(Scan.state(product.innerState().get())))
                : saved.floats(ScanForward.factor(k));
        found.put(
            Scan.kernel(k),
            tf.linalg.matMul(
                Rows.flatten(tf, factor, product.innerDepth()), flat, MatMul.transposeA(true)));
      }
    }
    addInitialStateGradients(tf, found, results, gradients);
    return given.names().stream().map(found::get).toList();
  }

  /** The initial state is item 0 of the states, which may have a gradient of its own. */
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

  /** {@code [T + 1, B, D]} without its last. */
  private static Operand<TFloat32> beforeLast(Ops tf, Operand<TFloat32> states) {
    Operand<TInt32> count = tf.math.sub(Rows.size(tf, states, 0), tf.constant(1));
    Operand<TInt32> size = tf.stack(List.of(count, tf.constant(-1), tf.constant(-1)));
    return tf.slice(states, tf.constant(new int[] {0, 0, 0}), size);
  }

  @SuppressWarnings("unchecked") // sums are of floats
  private static Operand<TFloat32> floats(Operand<?> operand) {
    return (Operand<TFloat32>) operand;
  }
}
