package org.seq4j.runtime.graph.function;

import org.tensorflow.ConcreteFunction;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;

/** Creates the {@link Ops} of graphs, whose names are the same in any locale. */
public final class GraphOps {
  private GraphOps() {}

  /**
   * Returns the ops of a graph's root. {@code Ops.create} formats the numbers in names with the
   * digits of the default locale, and TensorFlow rejects names such as {@code EnsureShape_١}.
   */
  public static Ops of(Graph graph) {
    return Ops.create(new Environment(graph, AsciiScope.of(graph)));
  }

  /** The graph, with another scope for its ops; the scope refers to the graph itself. */
  private record Environment(Graph graph, Scope baseScope) implements ExecutionEnvironment {
    @Override
    public OperationBuilder opBuilder(String type, String name, Scope scope) {
      return graph.opBuilder(type, name, scope);
    }

    @Override
    public void attachFunction(ConcreteFunction function) {
      graph.attachFunction(function);
    }

    @Override
    public void checkInput(Operation input) {
      graph.checkInput(input);
    }

    @Override
    public void checkInput(Op input) {
      graph.checkInput(input);
    }

    @Override
    public Types environmentType() {
      return graph.environmentType();
    }

    @Override
    public boolean isInitializer(Operation op) {
      return graph.isInitializer(op);
    }
  }
}
