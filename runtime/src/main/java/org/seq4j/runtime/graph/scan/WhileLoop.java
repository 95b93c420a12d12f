package org.seq4j.runtime.graph.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seq4j.runtime.graph.function.GraphOps;
import org.seq4j.runtime.graph.function.GraphSurgery;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A loop over time step indices with named variables.
 *
 * <p>TensorFlow's loop identifies variables by position and loses their shapes. This class gives
 * them names, and restores the shapes of dense tensors.
 */
final class WhileLoop {

  /** Computes the variables after a step; variables that it omits are unchanged. */
  @FunctionalInterface
  interface Body {
    Map<String, Operand<?>> step(Ops tf, Operand<TInt32> index, Variables variables);
  }

  /** The variables of a step. */
  static final class Variables {
    private final Operand<TInt32> end;
    private final Map<String, Operand<?>> operands;

    private Variables(Operand<TInt32> end, Map<String, Operand<?>> operands) {
      this.end = end;
      this.operands = operands;
    }

    /** See {@link #END}. */
    Operand<TInt32> end() {
      return end;
    }

    Operand<?> get(String name) {
      return operands.get(name);
    }

    @SuppressWarnings("unchecked") // added by the caller
    Operand<TFloat32> floats(String name) {
      return (Operand<TFloat32>) operands.get(name);
    }
  }

  /** The exclusive end index of the loop; the body may lower it. */
  static final String END = "end";

  private static final String INDEX = "index";

  private final Map<String, Operand<?>> initial = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  /** Adds a tensor as a variable, or as a constant of the loop. */
  void tensor(String name, Operand<?> value) {
    initial.put(name, value);
    shapes.put(name, value.asOutput().shape());
  }

  /** Adds a list of tensors as a variable, or a constant to read along its first axis. */
  void list(String name, Operand<?> list) {
    initial.put(name, list);
  }

  /** Runs the body for the indices 0 to {@code count - 1}. */
  Map<String, Operand<?>> up(Ops tf, Operand<TInt32> count, Body body) {
    return run(tf, tf.constant(0), count, 1, body);
  }

  /** Runs the body for the indices {@code count - 1} down to 0. */
  Map<String, Operand<?>> down(Ops tf, Operand<TInt32> count, Body body) {
    return run(tf, tf.math.sub(count, tf.constant(1)), tf.constant(-1), -1, body);
  }

  private Map<String, Operand<?>> run(
      Ops tf, Operand<TInt32> first, Operand<TInt32> end, int increment, Body body) {
    List<String> names = new ArrayList<>(List.of(INDEX, END));
    List<Output<?>> values = new ArrayList<>(List.of(first.asOutput(), end.asOutput()));
    initial.forEach(
        (name, operand) -> {
          names.add(name);
          values.add(operand.asOutput());
        });
    Graph graph = (Graph) tf.scope().env();
    Output<?>[] results =
        graph.whileLoop(
            values.toArray(Output[]::new),
            (inner, in, out) -> {
              try {
                Ops ops = GraphOps.of(inner);
                out[0] = ops.math.notEqual(ints(in[0]), ints(in[1])).asOutput();
              } finally {
                GraphSurgery.forget(inner);
              }
            },
            (inner, in, out) -> {
              try {
                buildBody(GraphOps.of(inner), names, in, out, increment, body);
              } finally {
                GraphSurgery.forget(inner);
              }
            },
            tf.scope().makeUnique("while"));
    Map<String, Operand<?>> after = new LinkedHashMap<>();
    for (int i = 2; i < results.length; i++) {
      after.put(names.get(i), results[i]);
    }
    return after;
  }

  private void buildBody(
      Ops tf, List<String> names, Output<?>[] in, Output<?>[] out, int increment, Body body) {
    Map<String, Operand<?>> operands = new LinkedHashMap<>();
    for (int i = 2; i < in.length; i++) {
      Shape shape = shapes.get(names.get(i));
      operands.put(names.get(i), shape == null ? in[i] : ensureShape(tf, in[i], shape));
    }
    Operand<TInt32> index = ensureShape(tf, ints(in[0]), Shape.scalar());
    Map<String, Operand<?>> next = body.step(tf, index, new Variables(ints(in[1]), operands));
    out[0] = tf.math.add(index, tf.constant(increment)).asOutput();
    out[1] = next.containsKey(END) ? next.get(END).asOutput() : in[1];
    for (int i = 2; i < in.length; i++) {
      Operand<?> changed = next.get(names.get(i));
      out[i] = changed == null ? in[i] : changed.asOutput();
    }
  }

  /** Restores what the graph knows of a shape. */
  static <T extends TType> Operand<T> ensureShape(Ops tf, Operand<T> x, Shape shape) {
    return shape.isUnknown() ? x : tf.ensureShape(x, shape);
  }

  @SuppressWarnings("unchecked") // index and end are created above
  private static Operand<TInt32> ints(Output<?> output) {
    return (Operand<TInt32>) output;
  }
}
