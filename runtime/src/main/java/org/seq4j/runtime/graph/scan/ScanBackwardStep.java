package org.seq4j.runtime.graph.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.runtime.graph.function.Gradients;
import org.seq4j.runtime.graph.function.GraphSurgery;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * One step of the backward pass of a scan: it builds the scan's step again on the saved states, and
 * TensorFlow adds its gradients.
 */
final class ScanBackwardStep {
  private final Scan scan;
  private final Map<String, TensorList<?>> read;

  /**
   * Creates a step.
   *
   * @param read types of the lists that it may read, by loop variable
   */
  ScanBackwardStep(Scan scan, Map<String, TensorList<?>> read) {
    this.scan = scan;
    this.read = read;
  }

  /** Adds the step's ops and returns the loop variables that it changes. */
  Map<String, Operand<?>> add(Ops tf, Operand<TInt32> time, WhileLoop.Variables variables) {
    Reader reader = new Reader(tf, variables, read);
    List<Operand<TFloat32>> products = new ArrayList<>();
    ScanContext frame =
        new ScanContext(
            scan,
            variables,
            time,
            (ops, k, inputs) -> {
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
    NamedTensors given = scan.constants(variables);
    // Separate identities, so that gradients of constants end here, and not where products read
    // them.
    NamedTensors constants = given.map(tf::identity);
    Loop.StepOutput stepped =
        scan.body.step(
            new GraphScope(frame, tf, scan.scope.path()),
            constants,
            scan.inputs(tf, input),
            time,
            state);
    frame.end();
    Graph graph = (Graph) tf.scope().env();
    List<Operand<?>> activations = ScanNeeds.activations(graph);
    List<GraphOperation> batchProducts = ConstantProduct.batchProducts(graph);
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
    for (ConstantProduct product : scan.trace.constantProducts()) {
      product.read(given, batchProducts);
      xs.put(ScanBackward.constantValue(product), product.valueOf(batchProducts));
    }
    Map<String, Operand<?>> changed = backpropagate(tf, time, variables, reader, stepped, xs);
    for (ConstantProduct product : scan.trace.constantProducts()) {
      String name = ScanBackward.constantFactor(product);
      Operand<TFloat32> factor = product.factorOf(batchProducts);
      changed.put(name, product.factor().set(tf, variables.get(name), time, factor));
    }
    readSaved(tf, time, products, activations, reader);
    return changed;
  }

  private static void addFloats(
      Map<String, Operand<TFloat32>> xs, String prefix, NamedTensors tensors) {
    for (String name : tensors.names()) {
      if (ScanBackward.isFloat(tensors.get(name))) {
        xs.put(prefix + name, tensors.floats(name));
      }
    }
  }

  /** Reads items of lists. */
  private record Reader(Ops tf, WhileLoop.Variables variables, Map<String, TensorList<?>> types) {
    Operand<?> get(String name, Operand<TInt32> index) {
      return types.get(name).read(tf, variables.get(name), index);
    }

    @SuppressWarnings("unchecked") // the caller knows the type of the list
    Operand<TFloat32> floats(String name, Operand<TInt32> index) {
      return (Operand<TFloat32>) get(name, index);
    }

    boolean has(String name) {
      return types.containsKey(name);
    }
  }

  /**
   * Adds a product that gradients pass through. Its value, which lacks the projected part, is never
   * computed: see {@link #readSaved}.
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
    return scan.precision()
        .product(tf, Scan.factor(tf, product, inputs), variables.get(Scan.kernel(k)), true);
  }

  /** Replaces computed values by saved ones. */
  private void readSaved(
      Ops tf,
      Operand<TInt32> time,
      List<Operand<TFloat32>> products,
      List<Operand<?>> activations,
      Reader reader) {
    Graph graph = (Graph) tf.scope().env();
    for (ScanNeeds.Activation kept : scan.trace.needs().activations()) {
      Operand<?> value = reader.get(ScanForward.activation(kept.number()), time);
      GraphSurgery.redirectConsumers(graph, activations.get(kept.number()), value);
    }
    for (int k = 0; k < products.size(); k++) {
      if (reader.has(ScanForward.product(k))) {
        Operand<?> value = reader.get(ScanForward.product(k), time);
        GraphSurgery.redirectConsumers(graph, products.get(k), value);
      }
    }
  }

  /** Computes the gradients of one step and returns the variables that they change. */
  private Map<String, Operand<?>> backpropagate(
      Ops tf,
      Operand<TInt32> time,
      WhileLoop.Variables variables,
      Reader reader,
      Loop.StepOutput stepped,
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
      if (ScanBackward.isFloat(stepped.state().get(name))) {
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
}
