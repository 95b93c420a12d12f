package org.seq4j.runtime.graph.function;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_OperationAllInputs;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.seq4j.runtime.error.PlatformException;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.GraphOperationBuilder;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;
import org.tensorflow.op.core.StatelessCase;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.types.TFloat32;

/**
 * The gradient of the ops of {@link DifferentiableFunction}: {@code StatelessCase}, an op type
 * without a gradient in TensorFlow, with one branch. The gradient is a second such op with the
 * adjoint as its branch.
 *
 * <p>A process has a single registry of gradients, and TensorFlow Java crashes after ten
 * registrations, so this class registers once for all class loaders that share a TensorFlow. All
 * that the gradient must know is therefore in attributes of the op, which another loader's class of
 * this name can read. This class uses no other one of Seq4j when it is called, because its loader
 * may have been closed by then.
 */
final class AdjointGradient implements RawCustomGradient {

  /**
   * The adjoint of an op.
   *
   * @param function name of the adjoint's function
   * @param outputs number of outputs that have gradients; the other outputs are saved for the
   *     adjoint
   */
  record Adjoint(String function, int outputs) {}

  private static final String FUNCTION = "_seq4j_adjoint";
  private static final String OUTPUTS = "_seq4j_outputs";

  /**
   * A system property, as class loaders share nothing else; its value is the meaning of the
   * attributes.
   */
  private static final String REGISTERED =
      "org.seq4j.gradient." + System.identityHashCode(TensorFlow.class);

  private static final String ATTRIBUTES = "1";

  private final Constructor<GraphOperation> operations;

  private AdjointGradient() {
    try {
      operations = GraphOperation.class.getDeclaredConstructor(Graph.class, TF_Operation.class);
    } catch (NoSuchMethodException e) {
      throw new LinkageError("unsupported version of TensorFlow Java; expected 1.1.0", e);
    }
    operations.setAccessible(true);
  }

  /**
   * Registers the gradient, if no class loader has done so for this TensorFlow.
   *
   * @throws PlatformException if this TensorFlow cannot have it
   */
  static void register() {
    Class<?> shared = TensorFlow.class; // the lock of its own registration, for all class loaders
    synchronized (shared) {
      String registered = System.getProperty(REGISTERED);
      if (registered == null
          && TensorFlow.registerCustomGradient(StatelessCase.OP_NAME, new AdjointGradient())) {
        System.setProperty(REGISTERED, ATTRIBUTES);
      } else if (!ATTRIBUTES.equals(registered)) {
        throw new PlatformException(
            registered == null
                ? "training is not possible here: another class loader of this Java process has"
                    + " loaded TensorFlow too, and the native library accepts gradients from the"
                    + " first one only. Load TensorFlow once, in a class loader that both"
                    + " applications share, or train in a process of its own. Translating works."
                : "training is not possible here: another version of Seq4j has registered its"
                    + " gradients in this Java process. Train in a process of its own.");
      }
    }
  }

  /** Adds an op that calls a function, and has a gradient. */
  static Operation op(
      Ops tf,
      String name,
      String function,
      List<Output<?>> arguments,
      List<DataType> types,
      Adjoint adjoint) {
    return call(tf, name, function, arguments, types)
        .setAttr(FUNCTION, adjoint.function())
        .setAttr(OUTPUTS, adjoint.outputs())
        .build();
  }

  /**
   * Returns true if a gradient is missing because nothing depends on the operand: TensorFlow
   * represents it by an operation without a native handle.
   */
  static boolean isMissing(Output<?> gradient) {
    var handle = ((GraphOperation) gradient.op()).getUnsafeNativeHandle();
    return handle == null || handle.isNull();
  }

  /**
   * Called by TensorFlow with the lock of the graph held: it must not call methods of the graph.
   */
  @Override
  public List<Operand<?>> call(Ops tf, GraphOperation op, List<Output<?>> outputGradients) {
    String adjoint = op.attributes().getAttrString(FUNCTION);
    long outputs = op.attributes().getAttrInt(OUTPUTS);
    List<Output<?>> inputs = inputs(op);
    List<Output<?>> arguments = new ArrayList<>(inputs);
    for (int i = 0; i < op.numOutputs(); i++) {
      arguments.add(op.output(i));
    }
    for (int i = 0; i < outputs; i++) {
      if (isFloat(op.output(i))) {
        Output<?> given = outputGradients.get(i);
        arguments.add(isMissing(given) ? tf.zerosLike(op.output(i)).asOutput() : given);
      }
    }
    int floats = 0;
    for (Output<?> input : inputs) {
      floats += isFloat(input) ? 1 : 0;
    }
    Operation call =
        call(
                tf,
                StatelessCase.OP_NAME,
                adjoint,
                arguments,
                Collections.nCopies(floats, DataType.DT_FLOAT))
            .build();
    List<Operand<?>> gradients = new ArrayList<>();
    gradients.add(tf.zerosLike(tf.constant(0))); // of the branch index
    int next = 0;
    for (Output<?> input : inputs) {
      gradients.add(isFloat(input) ? call.output(next++) : tf.zerosLike(input));
    }
    return gradients;
  }

  /** Returns the inputs without the branch index; {@code op.inputs()} would wait for the lock. */
  @SuppressWarnings("try") // the scope frees allocations when it is closed
  private List<Output<?>> inputs(GraphOperation op) {
    List<Output<?>> inputs = new ArrayList<>();
    try (PointerScope scope = new PointerScope()) {
      int count = op.numInputs();
      TF_Output all = new TF_Output(count);
      TF_OperationAllInputs(op.getUnsafeNativeHandle(), all, count);
      for (int i = 1; i < count; i++) {
        TF_Output input = all.position(i);
        inputs.add(operations.newInstance(op.env(), input.oper()).output(input.index()));
      }
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("unsupported version of TensorFlow Java; expected 1.1.0", e);
    }
    return inputs;
  }

  private static boolean isFloat(Output<?> output) {
    return TFloat32.class.equals(output.type());
  }

  private static GraphOperationBuilder call(
      Ops tf, String name, String function, List<Output<?>> arguments, List<DataType> types) {
    AttrValue branch =
        AttrValue.newBuilder()
            .setList(
                AttrValue.ListValue.newBuilder()
                    .addFunc(NameAttrList.newBuilder().setName(function)))
            .build();
    // Not StatelessCase.create: attaching a function would wait for the lock forever.
    GraphOperationBuilder op =
        (GraphOperationBuilder) tf.scope().opBuilder(StatelessCase.OP_NAME, name);
    op.addInput(tf.constant(0).asOutput())
        .addInputList(arguments.toArray(Output[]::new))
        .setAttr("Tout", types.toArray(DataType[]::new))
        // Inlines the body into the graph at run time: only there do TensorFlow's passes hand
        // products to oneDNN.
        .setAttr("_lower_using_switch_merge", true);
    op.setAttr("branches", branch);
    return op;
  }
}
