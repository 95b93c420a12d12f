package org.seq4j.runtime.graph.scan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The implementation of {@link Scope#whileLoop}: a loop that keeps only its last state. */
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
            });
  }

  /** Adds the loop; returns the state after it. */
  NamedTensors run(Operand<TInt32> maxSteps) {
    WhileLoop loop = new WhileLoop();
    scan.arguments().forEach(loop::tensor);
    Map<String, Operand<?>> after = loop.up(scan.scope.tf(), maxSteps, this::step);
    NamedTensors state = NamedTensors.EMPTY;
    for (String name : scan.stateNames) {
      state = state.with(name, after.get(Scan.state(name)));
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
        tf.linalg.matMul(
            Scan.factor(tf, scan.trace.products().get(k), inputs),
            variables.floats(Scan.kernel(k)));
    return variables.get(Scan.bias(k)) == null
        ? value
        : tf.nn.biasAdd(value, variables.floats(Scan.bias(k)));
  }
}
