package org.seq4j.trainer.objective;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.core.training.Objective;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Distillation of token distributions: the cross-entropy between the mean distribution of trained
 * models, the teachers, and that of the model (Hinton et al. 2015; word-level distillation of Kim
 * and Rush 2016, section 3.1). At a temperature above 1 both are flattened, and the loss is
 * multiplied by the square of the temperature, so that its gradients keep their size (Hinton et al.
 * 2015, section 2).
 */
public final class Distillation implements Objective {
  private final Config config;

  /** The keys of {@code distillation}. */
  public record Config(
      @Key(
              doc =
                  "Folders of the runs to learn from. Their vocabularies must be those of this model: set"
                      + " source.vocabulary.file and target.vocabulary.file to files of the first run.",
              example = "[runs/first, runs/second]")
          List<Path> teachers,
      @Key(
              doc =
                  "Temperature at which the distributions of teachers and model are compared; above 1 they"
                      + " are flatter.",
              defaultValue = "1",
              min = 0.01)
          double temperature,
      @Key(
              doc =
                  "Factor of this objective in the loss, such as 0.5; the usual factor of cross-entropy is"
                      + " then 1 minus this.",
              defaultValue = "0.5",
              min = 0)
          double weight) {

    /** Copies the list and checks that it is not empty. */
    public Config {
      teachers = List.copyOf(teachers);
      if (teachers.isEmpty()) {
        throw new IllegalArgumentException(
            "teachers is empty: name the folder of at least one run, or remove the objective");
      }
    }
  }

  /** Creates the objective. */
  public Distillation(Config config) {
    this.config = config;
  }

  /** The folders of the teachers' runs. */
  public List<Path> teachers() {
    return config.teachers();
  }

  /** The temperature at which distributions are compared. */
  public double temperature() {
    return config.temperature();
  }

  @Override
  public Set<Input> needs() {
    return Set.of(Input.TOKENS);
  }

  @Override
  public double weight() {
    return config.weight();
  }

  /**
   * Not supported; use {@link #loss(Scope, ForcedPass, Operand)}.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public Operand<TFloat32> loss(Scope scope, ForcedPass pass) {
    throw new UnsupportedOperationException("distillation has no loss without teachers");
  }

  /**
   * Adds the ops of the loss.
   *
   * @param taught the mean of the teachers' probabilities at the temperature, {@code [B, T + 1,
   *     V]}; values beyond each length are finite
   * @return the sum over real target positions, a scalar
   */
  Operand<TFloat32> loss(Scope scope, ForcedPass pass, Operand<TFloat32> taught) {
    Ops tf = scope.tf();
    Operand<TFloat32> own = atTemperature(tf, pass.tokens(), config.temperature()); // [N, V]
    Operand<TFloat32> target = Shapes.flatten(tf, taught, pass.tokens().vocabulary());
    Operand<TFloat32> gains = tf.reduceSum(tf.math.mul(target, own), tf.constant(1)); // [N]
    Operand<TFloat32> byStep = tf.reshape(gains, tf.shape(pass.tokens().ids())); // [B, T + 1]
    Operand<TFloat32> real =
        tf.select(
            Masks.real(tf, pass.lengths(), Shapes.size(tf, byStep, 1)), byStep, tf.constant(0f));
    float scale = (float) (config.temperature() * config.temperature());
    return tf.math.mul(tf.reduceSum(real, tf.constant(new int[] {0, 1})), tf.constant(-scale));
  }

  /**
   * Returns the log-probabilities at a temperature, {@code [B·(T + 1), V]}. Log-probabilities serve
   * as logits, because they differ from them by a constant only.
   */
  static Operand<TFloat32> atTemperature(Ops tf, ForcedPass.Tokens tokens, double temperature) {
    Operand<TFloat32> flat = Shapes.flatten(tf, tokens.distribution().get(), tokens.vocabulary());
    return temperature == 1
        ? flat
        : tf.nn.logSoftmax(tf.math.div(flat, tf.constant((float) temperature))); // rank 2
  }
}
