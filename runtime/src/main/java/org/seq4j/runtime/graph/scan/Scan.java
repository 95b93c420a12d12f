package org.seq4j.runtime.graph.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.runtime.graph.function.DifferentiableFunction;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The implementation of {@link Scope#scan}: the inputs and outputs of the loop, and their names in
 * both passes.
 *
 * <p>Let {@code y_k = [x; u] [W_x; W_u]} be a product of the body, where x is an input of the loop
 * and u is not. {@code x W_x} is computed for all time steps before the loop ("projected"). The
 * forward pass saves u and y_k. The backward pass computes the gradient of y_k at each step, and
 * after its loop the gradient of {@code W_u} at once from u and dy_k of all steps.
 */
final class Scan {

  /** Results stacked over time: outputs {@code [T, B, ...]}, states {@code [T + 1, B, ...]}. */
  record Stacked(NamedTensors outputs, NamedTensors states) {}

  final GraphScope scope;
  final Loop.ScanBody body;
  final ScanTrace trace;
  final NamedTensors constants;
  final List<String> stateNames;
  final Map<String, TensorList<?>> stateTypes = new LinkedHashMap<>();
  private final Map<String, TensorList<?>> inputTypes = new LinkedHashMap<>();
  final long randomKey;

  /** The arguments of the function. */
  private final Map<String, Operand<?>> arguments = new LinkedHashMap<>();

  private Scan(
      GraphScope scope,
      ScanTrace trace,
      NamedTensors initialState,
      NamedTensors constants,
      Loop.ScanBody body) {
    this.scope = scope;
    this.trace = trace;
    this.constants = constants;
    this.body = body;
    this.stateNames = initialState.names();
    this.randomKey = scope.frame().randomKey(scope.path());
    for (String state : stateNames) {
      stateTypes.put(state, TensorList.like(initialState.get(state)));
    }
  }

  /**
   * Traces the body.
   *
   * @param differentiable whether the loop needs a backward pass
   */
  static Scan trace(
      GraphScope scope,
      NamedTensors inputs,
      NamedTensors initialState,
      NamedTensors constants,
      Loop.ScanBody body,
      boolean differentiable) {
    ScanTrace trace = ScanTrace.of(scope, inputs, initialState, constants, body, differentiable);
    Scan scan = new Scan(scope, trace, initialState, constants, body);
    scan.gather(inputs, initialState);
    return scan;
  }

  static String input(String name) {
    return "input/" + name;
  }

  static String projected(int product) {
    return "projected/" + product;
  }

  static String state(String name) {
    return "state/" + name;
  }

  static String constant(String name) {
    return "constant/" + name;
  }

  static String parameter(String path) {
    return "parameter/" + path;
  }

  static String kernel(int product) {
    return "kernel/" + product;
  }

  static String bias(int product) {
    return "bias/" + product;
  }

  static final String COUNT = "count";
  static final String RANDOM = "random";

  /** Collects the function's arguments; inputs are {@code [T, B, ...]}. */
  private void gather(NamedTensors inputs, NamedTensors initialState) {
    Ops tf = scope.tf();
    BuildContext frame = scope.frame();
    inputs.names().forEach(name -> inputTypes.put(name, TensorList.along(inputs.get(name))));
    if (!inputs.names().isEmpty()) {
      arguments.put(COUNT, Shapes.size(tf, inputs.operands().get(0), 0));
    }
    if (trace.random()) {
      arguments.put(RANDOM, frame.randomPosition(tf));
    }
    trace.rawInputs().forEach(name -> arguments.put(input(name), inputs.get(name)));
    stateNames.forEach(name -> arguments.put(state(name), initialState.get(name)));
    constants.names().forEach(name -> arguments.put(constant(name), constants.get(name)));
    trace
        .parameters()
        .forEach(
            (path, parameter) ->
                arguments.put(
                    parameter(path),
                    frame.parameter(tf, path, parameter.shape(), parameter.initializer())));
    for (int k = 0; k < trace.products().size(); k++) {
      gather(k, trace.products().get(k), inputs);
    }
  }

  private void gather(int k, Product product, NamedTensors inputs) {
    Ops tf = scope.tf();
    BuildContext frame = scope.frame();
    Linear linear = product.linear();
    if (product.hasOuter()) {
      arguments.put(projected(k), project(product, inputs));
    } else {
      linear.bias(frame, tf).ifPresent(bias -> arguments.put(bias(k), bias));
    }
    if (product.hasInner()) {
      arguments.put(kernel(k), linear.kernels(frame, tf, product.innerInputs()));
    }
  }

  /**
   * Computes the part of a product that is known before the loop, with the bias, {@code [T, B, U]}.
   */
  private Operand<TFloat32> project(Product product, NamedTensors inputs) {
    Ops tf = scope.tf();
    Linear linear = product.linear();
    List<Operand<TFloat32>> terms = new ArrayList<>();
    Operand<TFloat32> like = null;
    for (int i : product.outerInputs()) {
      like = inputs.floats(product.outer().get(i).orElseThrow());
      Operand<TFloat32> flat = Shapes.flatten(tf, like, linear.depths().get(i)); // [T*B, D]
      terms.add(linear.product(scope.frame(), tf, i, flat));
    }
    Operand<TFloat32> sum = terms.size() == 1 ? terms.get(0) : tf.math.addN(terms);
    var bias = linear.bias(scope.frame(), tf);
    Operand<TFloat32> all = bias.isPresent() ? tf.nn.biasAdd(sum, bias.get()) : sum;
    return Shapes.unflatten(tf, all, linear.units(), like); // [T, B, U]
  }

  /** Returns the arguments of the loop, by name. */
  Map<String, Operand<?>> arguments() {
    return arguments;
  }

  /** Adds the loop. */
  Stacked run() {
    Ops tf = scope.tf();
    List<String> names = List.copyOf(arguments.keySet());
    NamedTensors results;
    if (scope.training()) {
      ScanForward forward = new ScanForward(this);
      ScanBackward backward = new ScanBackward(this);
      List<String> resultNames = new ArrayList<>();
      List<Output<?>> outputs =
          DifferentiableFunction.apply(
              tf,
              "scan",
              List.copyOf(arguments.values()),
              (inner, given) -> {
                NamedTensors visible = forward.run(inner, NamedTensors.of(names, given));
                resultNames.addAll(visible.names());
                return new DifferentiableFunction.Result(
                    visible.operands(), forward.saved().operands());
              },
              (inner, given, out, saved, outGradients) ->
                  backward.run(
                      inner,
                      NamedTensors.of(names, given),
                      NamedTensors.of(resultNames, out),
                      NamedTensors.of(forward.saved().names(), saved),
                      outGradients));
      results = NamedTensors.of(resultNames, outputs);
    } else {
      results =
          new ScanForward(this).run(tf, NamedTensors.of(names, List.copyOf(arguments.values())));
    }
    return unpack(tf, results);
  }

  private Stacked unpack(Ops tf, NamedTensors results) {
    NamedTensors states = NamedTensors.EMPTY;
    for (String name : stateNames) {
      states = states.with(name, results.get(state(name)));
    }
    NamedTensors outputs = NamedTensors.EMPTY;
    for (String name : trace.outputs().keySet()) {
      String state = trace.outputStates().get(name);
      outputs =
          outputs.with(
              name, state == null ? results.get(name) : afterFirst(tf, states.floats(state)));
    }
    return new Stacked(outputs, states);
  }

  /** Returns {@code [T + 1, B, ...]} without its first item. */
  private static Operand<TFloat32> afterFirst(Ops tf, Operand<TFloat32> states) {
    int rank = states.shape().numDimensions();
    int[] begin = new int[rank];
    int[] size = new int[rank];
    begin[0] = 1;
    Arrays.fill(size, -1);
    return tf.slice(states, tf.constant(begin), tf.constant(size));
  }

  /** Returns the precision of products with weights. */
  Precision precision() {
    return scope.frame().precision();
  }

  /** Returns an argument of the loop; a kernel as a factor, so that no step has to round it. */
  @SuppressWarnings("unchecked") // kernels are floats
  Operand<?> rounded(Ops tf, String name, Operand<?> argument) {
    return name.startsWith("kernel/")
        ? precision().factor(tf, (Operand<TFloat32>) argument)
        : argument;
  }

  /** Returns the number of steps. */
  static Operand<TInt32> count(NamedTensors given) {
    return given.ints(COUNT);
  }

  /** Concatenates the inner inputs of a product, {@code [N, D]}. */
  static Operand<TFloat32> factor(Ops tf, Product product, List<Operand<TFloat32>> inputs) {
    List<Operand<TFloat32>> inner = product.innerInputs().stream().map(inputs::get).toList();
    return inner.size() == 1 ? inner.get(0) : tf.concat(inner, tf.constant(1));
  }

  /** Returns the states before a step, named as in the body. */
  NamedTensors states(WhileLoop.Variables variables) {
    NamedTensors values = NamedTensors.EMPTY;
    for (String name : stateNames) {
      values = values.with(name, variables.get(state(name)));
    }
    return values;
  }

  /** Returns the constants of the scan, named as in the body. */
  NamedTensors constants(WhileLoop.Variables variables) {
    NamedTensors values = NamedTensors.EMPTY;
    for (String name : constants.names()) {
      values = values.with(name, variables.get(constant(name)));
    }
    return values;
  }

  /**
   * Returns all inputs of a step. Inputs that are only multiplied by weights are not read from
   * their lists: they are placeholders that no op reads.
   */
  NamedTensors inputs(Ops tf, NamedTensors read) {
    NamedTensors all = NamedTensors.EMPTY;
    for (Map.Entry<String, TensorList<?>> input : inputTypes.entrySet()) {
      String name = input.getKey();
      all = all.with(name, read.has(name) ? read.get(name) : input.getValue().placeholder(tf));
    }
    return all;
  }
}
