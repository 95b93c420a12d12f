package org.seq4j.runtime.graph.function;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_GraphOperationByName;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_OperationOutputConsumers;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_OperationOutputNumConsumers;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_UpdateEdge;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Input;
import org.tensorflow.internal.c_api.TF_Output;
import org.tensorflow.internal.c_api.TF_Status;

/** Changes graphs through the C API, where TensorFlow Java lacks methods. */
public final class GraphSurgery {
  private static final Field HANDLE = field("nativeHandle");
  private static final Field ID = field("nativeId");
  private static final Map<?, ?> ALL_GRAPHS = (Map<?, ?>) get(field("ALL_GRAPHS"), null);

  private GraphSurgery() {}

  private static Field field(String name) {
    try {
      Field field = Graph.class.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new LinkageError("unsupported version of TensorFlow Java; expected 1.1.0", e);
    }
  }

  private static Object get(Field field, Graph graph) {
    try {
      return field.get(graph);
    } catch (IllegalAccessException e) {
      throw new LinkageError("unsupported version of TensorFlow Java; expected 1.1.0", e);
    }
  }

  private static TF_Graph handle(Graph graph) {
    return (TF_Graph) get(HANDLE, graph);
  }

  /**
   * Removes the graph of a while loop from TensorFlow Java's table of all graphs, in which
   * gradients look up their graph. TensorFlow frees such a graph natively but leaves it in the
   * table. A later graph at the same address then gets the entry with the old graph's weak key, and
   * is lost ("Graph not found") once the old graph is collected.
   */
  public static void forget(Graph loopGraph) {
    ALL_GRAPHS.remove(get(ID, loopGraph));
  }

  /** Returns true if a graph is in that table. */
  public static boolean remembers(Graph graph) {
    return ALL_GRAPHS.containsKey(get(ID, graph));
  }

  /** Returns the ops of some types, in order of creation. */
  public static List<GraphOperation> operations(Graph graph, Predicate<String> types) {
    List<GraphOperation> found = new ArrayList<>();
    for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
      GraphOperation op = all.next();
      if (types.test(op.type())) {
        found.add(op);
      }
    }
    return found;
  }

  /** Returns the number of ops that read an operand. */
  public static int consumers(Operand<?> operand) {
    Output<?> output = operand.asOutput();
    return ((GraphOperation) output.op()).numConsumers(output.index());
  }

  /** Makes all ops that read one operand read another one. */
  @SuppressWarnings("try") // the scope frees allocations when it is closed
  public static void redirectConsumers(Graph graph, Operand<?> from, Operand<?> to) {
    try (PointerScope scope = new PointerScope()) {
      TF_Graph handle = handle(graph);
      TF_Output source = nativeOutput(handle, from.asOutput());
      TF_Output replacement = nativeOutput(handle, to.asOutput());
      int count = TF_OperationOutputNumConsumers(source);
      TF_Input consumers = new TF_Input(count);
      TF_OperationOutputConsumers(source, consumers, count);
      for (int i = 0; i < count; i++) {
        TF_Status status = TF_Status.newStatus();
        TF_UpdateEdge(handle, replacement, consumers.getPointer(i), status);
        status.throwExceptionIfNotOK();
      }
    }
  }

  /** Makes an op read another operand at an input. */
  @SuppressWarnings("try") // the scope frees allocations when it is closed
  public static void redirectInput(Graph graph, GraphOperation op, int index, Operand<?> to) {
    try (PointerScope scope = new PointerScope()) {
      TF_Graph handle = handle(graph);
      TF_Input input = new TF_Input().oper(TF_GraphOperationByName(handle, op.name())).index(index);
      TF_Status status = TF_Status.newStatus();
      TF_UpdateEdge(handle, nativeOutput(handle, to.asOutput()), input, status);
      status.throwExceptionIfNotOK();
    }
  }

  private static TF_Output nativeOutput(TF_Graph handle, Output<?> output) {
    return new TF_Output()
        .oper(TF_GraphOperationByName(handle, output.op().name()))
        .index(output.index());
  }
}
