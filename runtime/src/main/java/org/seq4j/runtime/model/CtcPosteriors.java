package org.seq4j.runtime.model;

import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The output layer of connectionist temporal classification, which predicts from each encoder
 * output a token or a blank. The objective {@code ctc} trains it, and a search may use it.
 */
public final class CtcPosteriors {
  /** The scope of the parameters of objectives. */
  public static final String OBJECTIVES = "objective";

  private static final String CTC = "ctc";
  private static final String PROJECTION = "projection";

  private CtcPosteriors() {}

  /** The path of a parameter that every model has that was trained with the objective. */
  public static final String PARAMETER = String.join(".", OBJECTIVES, CTC, PROJECTION, "kernel");

  /** Returns the scope of the layer in a model trained with the objective. */
  static Scope scope(Scope root) {
    return root.child(OBJECTIVES).child(CTC);
  }

  /**
   * Computes log-probabilities of all tokens and of the blank, which is the last one, {@code [B, S,
   * V + 1]}.
   *
   * @param scope scope of the layer
   * @param memory encoder outputs, {@code [B, S, D]}
   * @param vocabulary number of tokens, V
   */
  public static Sequence of(Scope scope, Sequence memory, int vocabulary) {
    Ops tf = scope.tf();
    Operand<TFloat32> logits = // [B, S, V + 1]
        scope.linear(
            PROJECTION,
            vocabulary + 1L,
            true,
            Masks.zeroPadding(tf, memory.values(), memory.lengths()));
    Operand<TFloat32> logs = // in TensorFlow, its gradient is correct for two axes only
        tf.nn.logSoftmax(Shapes.flatten(tf, logits, vocabulary + 1L));
    return new Sequence(Shapes.unflatten(tf, logs, vocabulary + 1L, logits), memory.lengths());
  }
}
