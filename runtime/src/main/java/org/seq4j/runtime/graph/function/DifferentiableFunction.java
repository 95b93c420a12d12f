package org.seq4j.runtime.graph.function;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.seq4j.core.graph.Shapes;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Operands;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A function with a custom adjoint: one op of a graph, with a gradient for TensorFlow.
 *
 * <p>Forward and adjoint are separate graphs, in which loops and partial gradients may be used. The
 * forward function becomes a {@code StatelessCase} with one branch, whose gradient ({@link
 * AdjointGradient}) is a second such op with the adjoint as its branch.
 */
public final class DifferentiableFunction {

  /** Computes outputs from inputs, and values to save for the adjoint. */
  @FunctionalInterface
  public interface Forward {
    Result apply(Ops tf, List<Operand<?>> inputs);
  }

  /** Computes the gradients of the inputs; null for an input without a gradient. */
  @FunctionalInterface
  public interface Adjoint {
    List<Operand<TFloat32>> apply(
        Ops tf,
        List<Operand<?>> inputs,
        List<Operand<?>> outputs,
        List<Operand<?>> saved,
        List<Operand<TFloat32>> outputGradients);
  }

  /**
   * The result of the forward function.
   *
   * @param outputs outputs of the function
   * @param saved values for the adjoint only
   */
  public record Result(List<Operand<?>> outputs, List<Operand<?>> saved) {}

  private DifferentiableFunction() {}

  /**
   * Adds the function to the graph of {@code tf}.
   *
   * @param name base of the op's name
   * @param inputs operands of any type; only 32-bit floats get gradients
   * @return the outputs
   */
  public static List<Output<?>> apply(
      Ops tf, String name, List<Operand<?>> inputs, Forward forward, Adjoint adjoint) {
    Graph graph = (Graph) tf.scope().env();
    List<Placeholders> types =
        new ArrayList<>(); // outputs, then saved; filled by the forward trace
    int[] outputCount = new int[1];
    try (ConcreteFunction forwardFunction =
            trace(
                of(inputs),
                (inner, arguments) -> {
                  Result result = forward.apply(inner, arguments);
                  List<Operand<?>> all = new ArrayList<>(result.outputs());
                  all.addAll(result.saved());
                  types.addAll(of(all));
                  outputCount[0] = result.outputs().size();
                  return all;
                });
        ConcreteFunction adjointFunction =
            traceAdjoint(of(inputs), types, outputCount[0], adjoint)) {
      graph.attachFunction(adjointFunction);
      graph.attachFunction(forwardFunction);
      Operation op =
          AdjointGradient.op(
              tf,
              name,
              forwardFunction.getDefinedName(),
              inputs.stream().<Output<?>>map(Operand::asOutput).toList(),
              types.stream().map(type -> Operands.toDataType(type.type())).toList(),
              new AdjointGradient.Adjoint(adjointFunction.getDefinedName(), outputCount[0]));
      return shaped(
          tf, IntStream.range(0, outputCount[0]).<Output<?>>mapToObj(op::output).toList(), types);
    }
  }

  /** The type and shape of a placeholder in a function's graph. */
  private record Placeholders(Class<? extends TType> type, Shape shape) {}

  private static List<Placeholders> of(List<? extends Operand<?>> operands) {
    return operands.stream()
        .map(operand -> new Placeholders(operand.asOutput().type(), operand.asOutput().shape()))
        .toList();
  }

  private static List<Placeholders> floats(List<Placeholders> all) {
    return all.stream().filter(p -> p.type() == TFloat32.class).toList();
  }

  @FunctionalInterface
  private interface Body {
    List<? extends Operand<?>> apply(Ops tf, List<Operand<?>> arguments);
  }

  private static ConcreteFunction trace(List<Placeholders> arguments, Body body) {
    try (Graph graph = new Graph()) {
      return ConcreteFunction.create(signature(graph, arguments, body), graph);
    }
  }

  private static Signature signature(Graph graph, List<Placeholders> arguments, Body body) {
    Ops tf = GraphOps.of(graph);
    Signature.Builder signature = Signature.builder();
    List<Operand<?>> placeholders = new ArrayList<>();
    for (Placeholders argument : arguments) {
      Operand<?> placeholder = tf.placeholder(argument.type(), Placeholder.shape(argument.shape()));
      signature.input("input_" + placeholders.size(), placeholder);
      placeholders.add(placeholder);
    }
    int count = 0;
    for (Operand<?> output : body.apply(tf, placeholders)) {
      // an identity, so that an argument may be an output, and a tensor two outputs
      signature.output("output_" + count++, tf.identity(output));
    }
    return signature.build();
  }

  private static ConcreteFunction traceAdjoint(
      List<Placeholders> inputs, List<Placeholders> results, int outputs, Adjoint adjoint) {
    List<Placeholders> arguments = new ArrayList<>(inputs);
    arguments.addAll(results);
    arguments.addAll(floats(results.subList(0, outputs)));
    return trace(
        arguments,
        (tf, given) -> {
          int n = inputs.size();
          List<Operand<?>> in = given.subList(0, n);
          List<Operand<TFloat32>> gradients =
              adjoint.apply(
                  tf,
                  in,
                  given.subList(n, n + outputs),
                  given.subList(n + outputs, n + results.size()),
                  asFloats(given.subList(n + results.size(), given.size())));
          List<Operand<?>> all = new ArrayList<>();
          for (int i = 0; i < n; i++) {
            if (inputs.get(i).type() == TFloat32.class) {
              all.add(gradients.get(i) == null ? tf.zerosLike(in.get(i)) : gradients.get(i));
            }
          }
          return all;
        });
  }

  @SuppressWarnings("unchecked") // selected by floats(...)
  private static List<Operand<TFloat32>> asFloats(List<Operand<?>> operands) {
    return operands.stream().map(operand -> (Operand<TFloat32>) operand).toList();
  }

  private static List<Output<?>> shaped(Ops tf, List<Output<?>> outputs, List<Placeholders> types) {
    List<Output<?>> shaped = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      shaped.add(shaped(tf, outputs.get(i), types.get(i).shape()));
    }
    return shaped;
  }

  /** Restores the shape, which a case op does not know; EnsureShape has no gradient. */
  private static <T extends TType> Output<T> shaped(Ops tf, Output<T> output, Shape shape) {
    int unknown = 0;
    for (long size : shape.asArray()) {
      unknown += size == Shape.UNKNOWN_SIZE ? 1 : 0;
    }
    if (unknown <= 1) {
      return tf.reshape(output, tf.constant(shape.asArray())).asOutput();
    }
    List<Operand<TInt32>> sizes = new ArrayList<>();
    for (int axis = 0; axis < shape.numDimensions(); axis++) {
      long size = shape.get(axis);
      sizes.add(
          size == Shape.UNKNOWN_SIZE ? Shapes.size(tf, output, axis) : tf.constant((int) size));
    }
    return tf.reshape(output, tf.stack(sizes)).asOutput();
  }
}
