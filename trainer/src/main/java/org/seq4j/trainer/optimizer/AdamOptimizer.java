package org.seq4j.trainer.optimizer;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Adam: Kingma and Ba 2015, "Adam: a method for stochastic optimization", in the order of
 * computation given at the end of its section 2. Epsilon is "epsilon hat" there, or that of
 * algorithm 1, which is epsilon hat divided by the root of 1 - beta2^t.
 */
public final class AdamOptimizer implements Optimizer {

  /** The keys of {@code adam}. */
  public record Config(
      @Key(doc = "Decay of the mean gradient.", defaultValue = "0.9", min = 0, max = 1)
          double beta1,
      @Key(doc = "Decay of the mean squared gradient.", defaultValue = "0.999", min = 0, max = 1)
          double beta2,
      @Key(
              doc = "Constant that keeps updates finite where gradients vanish.",
              defaultValue = "1e-8",
              min = 0)
          double epsilon,
      @Key(
              doc =
                  "Whether only the embedding rows that a batch contains are updated, with their running"
                      + " means (as in PyTorch's SparseAdam). With a large vocabulary, a step then costs only what"
                      + " the batch contains. Otherwise the means of all rows decay at every step and update"
                      + " them, as in the paper. An embedding tied to the output has gradients in all rows.",
              defaultValue = "false")
          boolean lazy,
      @Key(
              doc =
                  "Whether epsilon is added after the bias correction, as in algorithm 1 of the paper and in"
                      + " PyTorch. Otherwise it is added before, as epsilon hat at the end of section 2 and"
                      + " in TensorFlow, which makes the first steps smaller where gradients are tiny.",
              defaultValue = "false")
          boolean correctedEpsilon) {

    /** Checks that the decays are below 1. */
    public Config {
      if (beta1 >= 1 || beta2 >= 1) {
        throw new IllegalArgumentException(
            "beta1 and beta2: expected numbers below 1, got " + beta1 + " and " + beta2);
      }
    }
  }

  private final Config config;

  /** Creates the optimizer. */
  public AdamOptimizer(Config config) {
    this.config = config;
  }

  @Override
  public double defaultLearningRate() {
    return 0.001;
  }

  @Override
  public Op update(Ops tf, Update update) {
    return tf.train.applyAdam(
        update.variable(),
        update.slot("m"),
        update.slot("v"),
        power(tf, config.beta1(), update.step()),
        power(tf, config.beta2(), update.step()),
        update.learningRate(),
        tf.constant((float) config.beta1()),
        tf.constant((float) config.beta2()),
        epsilon(tf, update.step()),
        update.gradient());
  }

  @Override
  public Optional<Op> updateRows(Ops tf, Update update, Operand<TInt32> rows) {
    return config.lazy() ? Optional.of(updateAlone(tf, update, rows)) : Optional.empty();
  }

  /** Applies the same rule to the given rows only. */
  private Op updateAlone(Ops tf, Update update, Operand<TInt32> rows) {
    Operand<TFloat32> gradient = update.gradient();
    Operand<TFloat32> m = update.slot("m");
    Operand<TFloat32> v = update.slot("v");
    Operand<TFloat32> nextM = mean(tf, m, rows, config.beta1(), gradient);
    Operand<TFloat32> nextV = mean(tf, v, rows, config.beta2(), tf.math.square(gradient));
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> rate =
        tf.math.div(
            tf.math.mul(update.learningRate(), correction(tf, update.step())),
            tf.math.sub(one, power(tf, config.beta1(), update.step())));
    Operand<TFloat32> move =
        tf.math.div(
            tf.math.mul(rate, nextM), tf.math.add(tf.math.sqrt(nextV), epsilon(tf, update.step())));
    // scatterSub returns the whole table; the dependencies make the session write the means, too
    return tf.withControlDependencies(
            List.of(tf.scatterUpdate(m, rows, nextM), tf.scatterUpdate(v, rows, nextV)))
        .scatterSub(update.variable(), rows, move);
  }

  /** Returns epsilon hat, which is added to the root of the uncorrected mean square. */
  private Operand<TFloat32> epsilon(Ops tf, Operand<TInt64> step) {
    Operand<TFloat32> epsilon = tf.constant((float) config.epsilon());
    return config.correctedEpsilon() ? tf.math.mul(epsilon, correction(tf, step)) : epsilon;
  }

  /** Returns the root of 1 - beta2^t. */
  private Operand<TFloat32> correction(Ops tf, Operand<TInt64> step) {
    return tf.math.sqrt(tf.math.sub(tf.constant(1f), power(tf, config.beta2(), step)));
  }

  private static Operand<TFloat32> mean(
      Ops tf, Operand<TFloat32> slot, Operand<TInt32> rows, double beta, Operand<TFloat32> latest) {
    Operand<TFloat32> before = tf.gather(slot, rows, tf.constant(0));
    return tf.math.add(
        tf.math.mul(before, tf.constant((float) beta)),
        tf.math.mul(latest, tf.constant((float) (1 - beta))));
  }

  /**
   * Returns a beta to the power of t. It is computed from the step, so that no variable needs to be
   * saved; in doubles, since floats cannot count beyond 2^24.
   */
  static Operand<TFloat32> power(Ops tf, double beta, Operand<TInt64> step) {
    Operand<TFloat64> t = tf.dtypes.cast(step, TFloat64.class);
    return tf.dtypes.cast(tf.math.pow(tf.constant(beta), t), TFloat32.class);
  }
}
