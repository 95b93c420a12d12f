package org.seq4j.trainer.training;

import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.OutputFactory;
import org.seq4j.core.model.OutputLayer;
import org.seq4j.core.model.TokenOutput;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** An output layer that predicts the same whatever the decoder says, for tests to compare with. */
final class FixedOutputFactory implements OutputFactory<FixedOutputFactory.Config> {
  static final float[] LOGITS = {0, 1, 2, 0.5f, -1, 0.25f, 3, -0.75f, 1.5f};

  record Config() {}

  @Override
  public String name() {
    return "fixed";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public OutputLayer create(Config config, ComponentContext context) {
    return (TokenOutput) FixedOutputFactory::logProbabilities;
  }

  private static Operand<TFloat32> logProbabilities(
      Scope scope, Operand<TFloat32> features, TokenOutput.Tokens tokens) {
    Ops tf = scope.tf();
    Operand<TFloat32> nothing =
        tf.math.mul(scope.linear("projection", tokens.size(), true, features), tf.constant(0f));
    return tf.nn.logSoftmax(tf.math.add(nothing, tf.constant(LOGITS))); // [N, V]
  }

  /** Log-probabilities of all symbols. */
  static double[] logProbabilities() {
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
