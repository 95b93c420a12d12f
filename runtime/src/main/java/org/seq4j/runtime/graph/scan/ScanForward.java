package org.seq4j.runtime.graph.scan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The forward pass of a scan: it runs the step for each time and stores results in lists. */
final class ScanForward {

  /** Returns the name of the inner inputs of a product, stacked over time, {@code [T, N, D]}. */
  static String factor(int product) {
    return "factor/" + product;
  }

  /** Returns the name of the values of a product, stacked over time, {@code [T, N, U]}. */
  static String product(int product) {
    return "product/" + product;
  }

  /** Returns the name of the results of an activation, stacked over time, {@code [T, ...]}. */
  static String activation(int number) {
    return "activation/" + number;
  }

  private final Scan scan;
  private final Map<String, TensorList<?>> savedTypes;
  private NamedTensors saved = NamedTensors.EMPTY;

  ScanForward(Scan scan) {
    this.scan = scan;
    this.savedTypes = savedTypes(scan);
  }

  /** Returns the tensors saved for the backward pass, after {@link #run}. */
  NamedTensors saved() {
    return saved;
  }

  /** Adds the loop and returns states and outputs, stacked over time. */
  NamedTensors run(Ops tf, NamedTensors given) {
    Operand<TInt32> count = Scan.count(given);
    WhileLoop loop = new WhileLoop();
    Map<String, TensorList<?>> written = declare(tf, loop, given, count);
    Map<String, Operand<?>> after =
        loop.up(tf, count, (inner, time, variables) -> step(inner, time, variables, given));
    NamedTensors results = NamedTensors.EMPTY;
    for (Map.Entry<String, TensorList<?>> list : written.entrySet()) {
      Operand<?> stacked = list.getValue().stack(tf, after.get("list/" + list.getKey()));
      if (savedTypes.containsKey(list.getKey())) {
        saved = saved.with(list.getKey(), stacked);
      } else {
        results = results.with(list.getKey(), stacked);
      }
    }
    return results;
  }

  /** Declares the loop's variables and returns the lists that it writes. */
  private Map<String, TensorList<?>> declare(
      Ops tf, WhileLoop loop, NamedTensors given, Operand<TInt32> count) {
    Map<String, TensorList<?>> written = new LinkedHashMap<>();
    for (String name : given.names()) {
      Operand<?> argument = given.get(name);
      if (name.startsWith("input/") || name.startsWith("projected/")) {
        loop.list(name, argument);
      } else {
        loop.tensor(name, scan.rounded(tf, name, argument));
      }
    }
    Operand<TInt32> states = tf.math.add(count, tf.constant(1));
    scan.stateTypes.forEach(
        (name, type) -> {
          written.put(Scan.state(name), type);
          loop.list(
              "list/" + Scan.state(name),
              type.set(tf, type.reserve(tf, states), tf.constant(0), given.get(Scan.state(name))));
        });
    scan.trace
        .outputs()
        .forEach(
            (name, type) -> {
              if (!scan.trace.outputStates().containsKey(name)) {
                written.put(name, type);
              }
            });
    written.putAll(savedTypes);
    written.forEach(
        (name, type) -> {
          if (!name.startsWith("state/")) {
            loop.list("list/" + name, type.reserve(tf, count));
          }
        });
    return written;
  }

  private static Map<String, TensorList<?>> savedTypes(Scan scan) {
    Map<String, TensorList<?>> types = new LinkedHashMap<>();
    if (!scan.scope.training()) {
      return types;
    }
    for (int k = 0; k < scan.trace.products().size(); k++) {
      Product product = scan.trace.products().get(k);
      if (product.hasInner()) {
        if (scan.trace.needs().products().contains(k)) {
          types.put(product(k), list(product.linear().units()));
        }
        if (product.innerState().isEmpty()) {
          types.put(factor(k), list(product.innerDepth()));
        }
      }
    }
    scan.trace
        .needs()
        .activations()
        .forEach(kept -> types.put(activation(kept.number()), kept.type()));
    return types;
  }

  private static TensorList<TFloat32> list(long depth) {
    return new TensorList<>(TFloat32.class, Shape.of(Shape.UNKNOWN_SIZE, depth));
  }

  private Map<String, Operand<?>> step(
      Ops tf, Operand<TInt32> time, WhileLoop.Variables variables, NamedTensors given) {
    Map<String, Operand<?>> items = new LinkedHashMap<>(); // to be written at this time step
    ScanContext frame =
        new ScanContext(
            scan,
            variables,
            time,
            (ops, k, inputs) -> product(ops, k, inputs, time, variables, items));
    NamedTensors input = NamedTensors.EMPTY;
    for (String name : scan.trace.rawInputs()) {
      TensorList<?> type = TensorList.along(given.get(Scan.input(name)));
      input = input.with(name, type.read(tf, variables.get(Scan.input(name)), time));
    }
    Loop.StepOutput stepped =
        scan.body.step(
            new GraphScope(frame, tf, scan.scope.path()),
            scan.constants(variables),
            scan.inputs(tf, input),
            time,
            scan.states(variables));
    frame.end();
    if (scan.scope.training()) {
      List<Operand<?>> activations = ScanNeeds.activations((Graph) tf.scope().env());
      for (ScanNeeds.Activation kept : scan.trace.needs().activations()) {
        items.put(activation(kept.number()), activations.get(kept.number()));
      }
    }
    stepped.outputs().names().forEach(n -> items.put(n, stepped.outputs().get(n)));
    return write(tf, time, variables, stepped.state(), items);
  }

  private Map<String, Operand<?>> write(
      Ops tf,
      Operand<TInt32> time,
      WhileLoop.Variables variables,
      NamedTensors state,
      Map<String, Operand<?>> items) {
    Map<String, Operand<?>> changed = new LinkedHashMap<>();
    Operand<TInt32> after = tf.math.add(time, tf.constant(1));
    scan.stateTypes.forEach(
        (name, type) -> {
          String list = "list/" + Scan.state(name);
          changed.put(Scan.state(name), state.get(name));
          changed.put(list, type.set(tf, variables.get(list), after, state.get(name)));
        });
    items.forEach(
        (name, item) -> {
          Operand<?> list = variables.get("list/" + name);
          if (list != null) {
            changed.put("list/" + name, TensorList.like(item).set(tf, list, time, item));
          }
        });
    return changed;
  }

  private Operand<TFloat32> product(
      Ops tf,
      int k,
      List<Operand<TFloat32>> inputs,
      Operand<TInt32> time,
      WhileLoop.Variables variables,
      Map<String, Operand<?>> items) {
    Product product = scan.trace.products().get(k);
    Operand<TFloat32> projected =
        product.hasOuter()
            ? list(product.linear().units()).read(tf, variables.get(Scan.projected(k)), time)
            : null;
    if (!product.hasInner()) {
      return projected;
    }
    Operand<TFloat32> factor = Scan.factor(tf, product, inputs); // [N, D]
    Operand<TFloat32> value = // [N, U]
        scan.precision().product(tf, factor, variables.get(Scan.kernel(k)), false);
    if (projected != null) {
      value = tf.math.add(value, projected);
    } else if (variables.get(Scan.bias(k)) != null) {
      value = tf.nn.biasAdd(value, variables.floats(Scan.bias(k)));
    }
    items.put(factor(k), factor);
    items.put(product(k), value);
    return value;
  }
}
