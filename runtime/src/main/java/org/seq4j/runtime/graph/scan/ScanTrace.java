package org.seq4j.runtime.graph.scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.runtime.graph.function.GraphOps;
import org.seq4j.runtime.graph.function.GraphSurgery;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The result of tracing a scan's body on a separate graph. A body sees only its arguments, so that
 * the loop must know beforehand which parameters and products it will request.
 *
 * @param parameters parameters requested other than through products
 * @param products products in order of use
 * @param rawInputs names of the scan's inputs that are read other than through products
 * @param outputs types of the outputs, by name
 * @param outputStates names of the states after the step that are outputs, by name of the output
 * @param random whether random numbers depend on the time step
 * @param constantProducts products of the body with constants, not included in {@link #products}
 * @param needs values of the forward pass that the backward pass reads; none without one
 */
record ScanTrace(
    Map<String, Parameter> parameters,
    List<Product> products,
    List<String> rawInputs,
    Map<String, TensorList<?>> outputs,
    Map<String, String> outputStates,
    boolean random,
    List<ConstantProduct> constantProducts,
    ScanNeeds needs) {

  /** A parameter that the body requests. */
  record Parameter(Shape shape, Initializer initializer) {}

  /** Runs the body once on a temporary graph. */
  static ScanTrace of(
      GraphScope scope,
      NamedTensors inputs,
      NamedTensors states,
      NamedTensors constants,
      Loop.ScanBody body,
      boolean differentiable) {
    try (Graph graph = new Graph()) {
      return of(GraphOps.of(graph), scope, inputs, states, constants, body, differentiable);
    }
  }

  private static ScanTrace of(
      Ops tf,
      GraphScope scope,
      NamedTensors inputs,
      NamedTensors states,
      NamedTensors constants,
      Loop.ScanBody body,
      boolean differentiable) {
    NamedTensors input = inputs.map(x -> TensorList.along(x).placeholder(tf));
    NamedTensors state = states.map(x -> TensorList.like(x).placeholder(tf));
    NamedTensors constant = constants.map(x -> TensorList.like(x).placeholder(tf));
    Tracing frame = new Tracing(scope.frame(), input, state);
    Loop.StepOutput stepped =
        body.step(
            new GraphScope(frame, tf, scope.path()),
            constant,
            input,
            tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar())),
            state);
    check(state, stepped);
    List<String> rawInputs =
        input.names().stream().filter(name -> isRead(input.get(name), stepped)).toList();
    return new ScanTrace(
        frame.parameters,
        frame.products,
        rawInputs,
        types(stepped.outputs()),
        outputStates(stepped),
        frame.random,
        ConstantProduct.in((Graph) tf.scope().env(), constant),
        differentiable
            ? needs(tf, frame, List.of(input, state, constant), stepped)
            : ScanNeeds.NONE);
  }

  /** Tries the backward pass with placeholders for the products. */
  private static ScanNeeds needs(
      Ops tf, Tracing frame, List<NamedTensors> given, Loop.StepOutput stepped) {
    List<Operand<TFloat32>> ends = new ArrayList<>();
    addFloats(ends, stepped.outputs().operands());
    addFloats(ends, stepped.state().operands());
    addFloats(ends, frame.factors);
    List<Operand<TFloat32>> starts = new ArrayList<>();
    given.forEach(tensors -> addFloats(starts, tensors.operands()));
    starts.addAll(frame.placeholders.values());
    starts.addAll(frame.values);
    return ScanNeeds.of(tf, ends, starts, frame.values, frame.names());
  }

  @SuppressWarnings("unchecked") // checked by isFloat
  private static void addFloats(List<Operand<TFloat32>> all, List<? extends Operand<?>> operands) {
    for (Operand<?> operand : operands) {
      if (ScanBackward.isFloat(operand)) {
        all.add((Operand<TFloat32>) operand);
      }
    }
  }

  private static boolean isRead(Operand<?> input, Loop.StepOutput stepped) {
    return GraphSurgery.consumers(input) > 0
        || stepped.outputs().operands().stream().anyMatch(output -> same(output, input))
        || stepped.state().operands().stream().anyMatch(state -> same(state, input));
  }

  private static Map<String, TensorList<?>> types(NamedTensors tensors) {
    Map<String, TensorList<?>> types = new LinkedHashMap<>();
    tensors.names().forEach(name -> types.put(name, TensorList.like(tensors.get(name))));
    return types;
  }

  private static Map<String, String> outputStates(Loop.StepOutput stepped) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String output : stepped.outputs().names()) {
      for (String state : stepped.state().names()) {
        if (same(stepped.outputs().get(output), stepped.state().get(state))) {
          found.putIfAbsent(output, state);
        }
      }
    }
    return found;
  }

  private static boolean same(Operand<?> a, Operand<?> b) {
    return a.asOutput().equals(b.asOutput());
  }

  private static void check(NamedTensors before, Loop.StepOutput stepped) {
    stepped.state().inOrderOf(before);
    for (String name : stepped.outputs().names()) {
      stepped.outputs().floats(name);
    }
  }

  /** Records the requests of a body and returns placeholders. */
  private static final class Tracing implements BuildContext {
    private final BuildContext outside;
    private final NamedTensors input;
    private final NamedTensors state;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Operand<TFloat32>> placeholders = new LinkedHashMap<>();
    private final List<Product> products = new ArrayList<>();

    /**
     * The inputs of products that are not inputs of the loop, and the placeholders of their values.
     */
    private final List<Operand<TFloat32>> factors = new ArrayList<>();

    private final List<Operand<TFloat32>> values = new ArrayList<>();
    private boolean random;

    Tracing(BuildContext outside, NamedTensors input, NamedTensors state) {
      this.outside = outside;
      this.input = input;
      this.state = state;
    }

    /** Returns the paths of parameters and of kernels by the placeholders that stand for them. */
    Map<Output<?>, String> names() {
      Map<Output<?>, String> names = new HashMap<>();
      placeholders.forEach((name, placeholder) -> names.put(placeholder.asOutput(), name));
      for (int k = 0; k < products.size(); k++) {
        names.put(values.get(k).asOutput(), products.get(k).linear().path() + ".kernel");
      }
      return names;
    }

    @Override
    public boolean training() {
      return outside.training();
    }

    @Override
    public Precision precision() {
      return outside.precision();
    }

    @Override
    public Operand<TFloat32> parameter(Ops tf, String path, Shape shape, Initializer initializer) {
      Parameter known = parameters.putIfAbsent(path, new Parameter(shape, initializer));
      if (known != null && !known.shape().equals(shape)) {
        throw new IllegalArgumentException(
            "parameter "
                + path
                + " has shape "
                + known.shape()
                + " and was requested with "
                + shape);
      }
      return placeholders.computeIfAbsent(
          path, p -> new TensorList<>(TFloat32.class, shape).placeholder(tf));
    }

    @Override
    public Operand<TFloat32> linear(Ops tf, Linear linear, List<Operand<TFloat32>> inputs) {
      List<Optional<String>> outer =
          inputs.stream().map(operand -> nameOf(input, operand)).toList();
      List<Operand<TFloat32>> inner = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        if (outer.get(i).isEmpty()) {
          inner.add(inputs.get(i));
        }
      }
      Optional<String> innerState =
          inner.size() == 1 ? nameOf(state, inner.get(0)) : Optional.empty();
      products.add(new Product(linear, outer, innerState));
      factors.addAll(inner);
      Shape shape = Shape.of(inputs.get(0).shape().get(0), linear.units());
      values.add(new TensorList<>(TFloat32.class, shape).placeholder(tf));
      return values.get(values.size() - 1);
    }

    private static Optional<String> nameOf(NamedTensors tensors, Operand<?> operand) {
      return tensors.names().stream().filter(n -> same(tensors.get(n), operand)).findFirst();
    }

    @Override
    public Operand<TInt64> randomPosition(Ops tf) {
      random = true;
      return new TensorList<>(TInt64.class, Shape.scalar()).placeholder(tf);
    }

    @Override
    public long randomKey(String path) {
      return 0;
    }
  }
}
