package org.seq4j.trainer.experiment;

import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.core.training.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** An optimizer that follows the gradient, until a step at which weights become no numbers. */
final class ExplodingPlugin implements Plugin {

  record Config(@Key(doc = "The step.", min = 1) int at) {}

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public void register(Components components) {
    components
        .of(Optimizer.class)
        .add("exploding", "", Config.class, config -> new Exploding(config.at()));
  }

  private record Exploding(long at) implements Optimizer {

    @Override
    public double defaultLearningRate() {
      return 0.1;
    }

    @Override
    public Op update(Ops tf, Update update) {
      Operand<TFloat32> change = tf.math.mul(update.gradient(), update.learningRate());
      Operand<TFloat32> nothingMore = tf.math.mul(change, tf.constant(Float.NaN));
      return tf.assignSub(
          update.variable(),
          tf.select(tf.math.equal(update.step(), tf.constant(at)), nothingMore, change));
    }
  }
}
