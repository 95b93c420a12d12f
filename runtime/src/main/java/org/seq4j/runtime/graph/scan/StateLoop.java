package org.seq4j.runtime.graph.scan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.runtime.graph.function.DifferentiableFunction;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The implementation of {@link Scope#whileLoop}: a loop that keeps only its last state. It has no
 * gradients.
 */
final class StateLoop {
  private final Scan scan;
  private Operand<TBool> more; // of the step built last

  StateLoop(
      GraphScope scope, NamedTensors initialState, NamedTensors constants, Loop.WhileBody body) {
    this.scan =
        Scan.trace(
            scope,
            NamedTensors.EMPTY,
            initialState,
            constants,
            (inner, given, input, position, state) -> {
              Loop.WhileOutput output = body.step(inner, given, position, state);
              more = output.more();
              return new Loop.StepOutput(NamedTensors.EMPTY, output.state());
            },
            false);
  }

  /** Adds the loop; returns the state after it. */
  NamedTensors run(Operand<TInt32> maxSteps) {
    return run(scan.scope.tf(), maxSteps, scan.arguments());
  }

  /**
   * Adds the loop to a graph that is differentiated, in a function of its own: TensorFlow fails
   * when it looks for gradients in a loop. Returns the state after it.
   */
  NamedTensors runWithoutGradients(Operand<TInt32> maxSteps) {
    List<String> names = List.copyOf(scan.arguments().keySet());
    List<Operand<?>> arguments = new ArrayList<>(scan.arguments().values());
    arguments.add(maxSteps);
    List<Output<?>> states =
        DifferentiableFunction.apply(
            scan.scope.tf(),
            "loop",
            arguments,
            (inner, given) ->
                new DifferentiableFunction.Result(
                    run(inner, count(given), byName(names, given)).operands(), List.of()),
            (inner, given, out, saved, gradients) -> Collections.nCopies(given.size(), null));
    return NamedTensors.of(scan.stateNames, states);
  }

  @SuppressWarnings("unchecked") // added last
  private static Operand<TInt32> count(List<Operand<?>> given) {
    return (Operand<TInt32>) given.get(given.size() - 1);
  }

  private static Map<String, Operand<?>> byName(List<String> names, List<Operand<?>> given) {
    Map<String, Operand<?>> all = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      all.put(names.get(i), given.get(i));
    }
    return all;
  }

  private NamedTensors run(Ops tf, Operand<TInt32> maxSteps, Map<String, Operand<?>> arguments) {
    WhileLoop loop = new WhileLoop();
    arguments.forEach((name, argument) -> loop.tensor(name, scan.rounded(tf, name, argument)));
    Map<String, Operand<?>> after = loop.up(tf, maxSteps, this::step);
    NamedTensors state = NamedTensors.EMPTY;
    for (String name : scan.stateNames) {
      Shape shape = arguments.get(Scan.state(name)).asOutput().shape();
      state = state.with(name, WhileLoop.ensureShape(tf, after.get(Scan.state(name)), shape));
    }
    return state;
  }

  private Map<String, Operand<?>> step(
      Ops tf, Operand<TInt32> time, WhileLoop.Variables variables) {
    ScanContext frame =
        new ScanContext(
            scan, variables, time, (ops, k, inputs) -> product(ops, k, inputs, variables));
    NamedTensors next =
        scan.body
            .step(
                new GraphScope(frame, tf, scan.scope.path()),
                scan.constants(variables),
                NamedTensors.EMPTY,
                time,
                scan.states(variables))
            .state();
    frame.end();
    Map<String, Operand<?>> changed = new LinkedHashMap<>();
    next.names().forEach(name -> changed.put(Scan.state(name), next.get(name)));
    changed.put(
        WhileLoop.END,
        tf.select(more, variables.end(), tf.math.add(time, tf.constant(1)))); // next index
    return changed;
  }

  private Operand<TFloat32> product(
      Ops tf, int k, List<Operand<TFloat32>> inputs, WhileLoop.Variables variables) {
    Operand<TFloat32> value =
        scan.precision()
            .product(
                tf,
                Scan.factor(tf, scan.trace.products().get(k), inputs),
                variables.get(Scan.kernel(k)),
                false);
    return variables.get(Scan.bias(k)) == null
        ? value
        : tf.nn.biasAdd(value, variables.floats(Scan.bias(k)));
  }
}
