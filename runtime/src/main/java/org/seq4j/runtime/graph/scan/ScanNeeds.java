package org.seq4j.runtime.graph.scan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.seq4j.runtime.graph.function.Gradients;
import org.seq4j.runtime.graph.function.GraphSurgery;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The values of the forward pass that the backward pass of a scan reads: values of products, and of
 * functions that are cheaper to store than to compute again. A trial of the backward pass finds
 * them, so that only values that are read are stored.
 *
 * @param products indices of the products whose values are read
 * @param activations ops of the step whose results are read, by index among all ops of these types
 */
record ScanNeeds(Set<Integer> products, List<Activation> activations) {

  /** An op whose result is stored. */
  record Activation(int number, TensorList<?> type) {}

  static final ScanNeeds NONE = new ScanNeeds(Set.of(), List.of());

  /** Ops whose gradients are functions of their results. */
  private static final Set<String> TYPES = Set.of("Sigmoid", "Tanh", "Softmax", "Exp");

  /** Returns the ops of these types in a graph, in order of creation. */
  static List<Operand<?>> activations(Graph graph) {
    return GraphSurgery.operations(graph, TYPES::contains).stream()
        .<Operand<?>>map(op -> op.output(0))
        .toList();
  }

  /**
   * Adds gradients and finds the values that they read.
   *
   * @param ends operands with given gradients
   * @param starts operands whose gradients are computed
   * @param products values of products
   * @param names paths of the parameters among the starts, and of the products
   * @throws IllegalArgumentException if no end depends on one of these
   */
  static ScanNeeds of(
      Ops tf,
      List<Operand<TFloat32>> ends,
      List<Operand<TFloat32>> starts,
      List<Operand<TFloat32>> products,
      Map<Output<?>, String> names) {
    List<Operand<?>> activations = activations((Graph) tf.scope().env());
    List<Operand<TFloat32>> given =
        ends.stream()
            .<Operand<TFloat32>>map(end -> TensorList.floats(end).placeholder(tf))
            .toList();
    Set<Output<?>> kept = new HashSet<>();
    products.forEach(product -> kept.add(product.asOutput()));
    activations.forEach(activation -> kept.add(activation.asOutput()));
    Deque<Output<?>> open = new ArrayDeque<>();
    List<Optional<Operand<TFloat32>>> gradients = Gradients.of(tf, ends, given, starts);
    checkReached(starts, gradients, names);
    gradients.forEach(gradient -> gradient.ifPresent(found -> open.add(found.asOutput())));
    Set<Output<?>> read = new HashSet<>();
    while (!open.isEmpty()) {
      Output<?> next = open.remove();
      if (read.add(next) && !kept.contains(next)) {
        ((GraphOperation) next.op()).inputs().forEach(input -> open.add(input.asOutput()));
      }
    }
    return new ScanNeeds(readOf(products, read), typesOf(activations, read));
  }

  private static void checkReached(
      List<Operand<TFloat32>> starts,
      List<Optional<Operand<TFloat32>>> gradients,
      Map<Output<?>, String> names) {
    Set<String> unused = new TreeSet<>();
    for (int i = 0; i < starts.size(); i++) {
      String name = names.get(starts.get(i).asOutput());
      if (name != null && gradients.get(i).isEmpty()) {
        unused.add(name);
      }
    }
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException(
          "neither the outputs nor the state of a step depend on these parameters: %s; a component requests them from its scope but does not use them, or only behind stopGradient"
              .formatted(String.join(", ", unused)));
    }
  }

  private static Set<Integer> readOf(List<Operand<TFloat32>> products, Set<Output<?>> read) {
    Set<Integer> numbers = new HashSet<>();
    for (int k = 0; k < products.size(); k++) {
      if (read.contains(products.get(k).asOutput())) {
        numbers.add(k);
      }
    }
    return numbers;
  }

  private static List<Activation> typesOf(List<Operand<?>> activations, Set<Output<?>> read) {
    List<Activation> found = new ArrayList<>();
    for (int i = 0; i < activations.size(); i++) {
      Output<?> activation = activations.get(i).asOutput();
      if (read.contains(activation) && !activation.shape().isUnknown()) {
        found.add(new Activation(i, TensorList.like(activation)));
      }
    }
    return found;
  }
}
