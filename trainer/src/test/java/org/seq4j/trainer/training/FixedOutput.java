package org.seq4j.trainer.training;

import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.OutputLayer;
import org.seq4j.core.model.TokenOutput;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.plugin.Plugin;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** An output layer that predicts the same whatever the decoder says, for tests to compare with. */
public final class FixedOutput implements TokenOutput {
  static final float[] LOGITS = {0, 1, 2, 0.5f, -1, 0.25f, 3, -0.75f, 1.5f};

  /** Registers it. */
  public static final class FixedPlugin implements Plugin {
    @Override
    public int apiVersion() {
      return API_VERSION;
    }

    @Override
    public void register(Components components) {
      components.of(OutputLayer.class).add("fixed", "", NoKeys.class, keys -> new FixedOutput());
    }
  }

  @Override
  public Operand<TFloat32> logProbabilities(
      Scope scope, Operand<TFloat32> features, Tokens tokens) {
    Ops tf = scope.tf();
    Operand<TFloat32> nothing =
        tf.math.mul(scope.linear("projection", tokens.size(), true, features), tf.constant(0f));
    return tf.nn.logSoftmax(tf.math.add(nothing, tf.constant(LOGITS))); // [N, V]
  }

  /** Log-probabilities of all tokens. */
  public static double[] logProbabilities() {
    double sum = 0;
    for (float logit : LOGITS) {
      sum += Math.exp(logit);
    }
    double[] result = new double[LOGITS.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = LOGITS[i] - Math.log(sum);
    }
    return result;
  }
}
