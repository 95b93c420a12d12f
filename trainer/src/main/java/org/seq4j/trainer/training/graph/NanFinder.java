package org.seq4j.trainer.training.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/**
 * Finds the first operation that outputs NaN or infinity although its inputs are finite. A loop
 * over time counts as one operation.
 */
final class NanFinder {
  private static final int AT_ONCE = 100; // tensors in memory
  private static final String VARIABLE = "VariableV2";
  private static final String LOOP = "StatelessCase"; // calls the function of a scan

  private final List<GraphOperation> inOrder = new ArrayList<>(); // inputs first

  /** Collects the operations that the given outputs depend on, inputs first. */
  NanFinder(List<Operand<?>> ends) {
    Set<GraphOperation> seen = new HashSet<>();
    for (Operand<?> end : ends) {
      visit((GraphOperation) end.op(), seen);
    }
  }

  /**
   * Visits operations depth-first, without recursion: a graph may be thousands of operations deep.
   */
  private void visit(GraphOperation end, Set<GraphOperation> seen) {
    Deque<Visit> stack = new ArrayDeque<>();
    if (seen.add(end)) {
      stack.push(new Visit(end, inputs(end).iterator()));
    }
    while (!stack.isEmpty()) {
      Visit visit = stack.peek();
      if (!visit.inputs().hasNext()) {
        inOrder.add(stack.pop().op());
        continue;
      }
      GraphOperation input = visit.inputs().next();
      if (seen.add(input)) {
        stack.push(new Visit(input, inputs(input).iterator()));
      }
    }
  }

  private record Visit(GraphOperation op, Iterator<GraphOperation> inputs) {}

  private static List<GraphOperation> inputs(GraphOperation op) {
    List<GraphOperation> inputs = new ArrayList<>();
    for (int i = 0; i < op.numInputs(); i++) {
      inputs.add((GraphOperation) op.input(i).op());
    }
    return inputs;
  }

  /**
   * Runs all operations and checks their outputs.
   *
   * @param run fetches tensors in a run with the same batch
   * @return a description of the operation, if one was found
   */
  Optional<String> find(Function<List<Output<TFloat32>>, Result> run) {
    List<Output<TFloat32>> outputs = new ArrayList<>();
    for (GraphOperation op : inOrder) {
      for (int i = 0; i < op.numOutputs(); i++) {
        Output<?> output = op.output(i);
        if (output.dataType() == DataType.DT_FLOAT && !op.type().equals("Placeholder")) {
          outputs.add(output.expect(TFloat32.class));
        }
      }
    }
    Optional<String> infinite = Optional.empty();
    for (int from = 0; from < outputs.size(); from += AT_ONCE) {
      List<Output<TFloat32>> some = outputs.subList(from, Math.min(from + AT_ONCE, outputs.size()));
      try (Result result = run.apply(some)) {
        for (int i = 0; i < some.size(); i++) {
          float[] values = values((TFloat32) result.get(i));
          if (any(values, Float.NaN)) {
            return Optional.of(describe(some.get(i), "NaN", values.length));
          }
          if (infinite.isEmpty() && any(values, Float.POSITIVE_INFINITY)) {
            infinite = Optional.of(describe(some.get(i), "infinity", values.length));
          }
        }
      }
    }
    return infinite;
  }

  private static float[] values(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  private static boolean any(float[] values, float wanted) {
    for (float value : values) {
      if (Float.compare(value, wanted) == 0) {
        return true;
      }
    }
    return false;
  }

  private static String describe(Output<TFloat32> output, String what, int size) {
    GraphOperation op = (GraphOperation) output.op();
    if (op.type().equals(LOOP)) {
      return String.format(
          Locale.ROOT,
          "%s begins in a loop over time, in which a step is computed from the last one (%d"
              + " values); its parameters are %s. Look there for a division by 0, a logarithm of 0"
              + " or an exponential of a large number",
          what.equals("NaN") ? "NaN" : "infinity",
          size,
          nearestParameters(op));
    }
    return String.format(
        Locale.ROOT,
        "the first operation that outputs %s is %s (%s, %d values), with inputs from %s; the"
            + " nearest parameters are %s",
        what,
        op.type(),
        output.shape(),
        size,
        inputs(op).stream().map(GraphOperation::type).collect(Collectors.joining(", ")),
        nearestParameters(op));
  }

  /** Returns the paths of the variables at the smallest distance from an operation. */
  private static Set<String> nearestParameters(GraphOperation op) {
    Set<GraphOperation> level = Set.of(op);
    Set<GraphOperation> seen = new HashSet<>(level);
    Set<String> found = new LinkedHashSet<>();
    while (found.isEmpty() && !level.isEmpty()) {
      Set<GraphOperation> next = new LinkedHashSet<>();
      for (GraphOperation one : level) {
        if (one.type().equals(VARIABLE)) {
          found.add(one.name());
        }
        inputs(one).stream().filter(seen::add).forEach(next::add);
      }
      level = next;
    }
    return found;
  }
}
