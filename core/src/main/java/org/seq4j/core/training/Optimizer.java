package org.seq4j.core.training;

import java.util.Optional;
import org.seq4j.core.plugin.Kind;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** An update rule for parameters, given their gradients. */
@Kind("optimizer")
public interface Optimizer {

  /** The learning rate if the config sets none. */
  double defaultLearningRate();

  /**
   * Adds the op that updates one variable in place.
   *
   * @param tf builder of ops that run after all gradients have been computed
   * @param update the variable and its gradient
   */
  Op update(Ops tf, Update update);

  /**
   * Adds the op that updates some rows of a variable in place, if the update rule allows it. Used
   * for tables of which a batch reads few rows.
   *
   * @param tf builder of ops that run after all gradients have been computed
   * @param update the variable and the gradient of these rows, {@code [N, ...]}
   * @param rows row indices, {@code [N]}, without repetitions
   * @return empty if the rule also changes rows without a gradient; {@link #update} is called then
   */
  default Optional<Op> updateRows(Ops tf, Update update, Operand<TInt32> rows) {
    return Optional.empty();
  }

  /**
   * The inputs of an update.
   *
   * @param variable reference to the variable
   * @param gradient the gradient after clipping, in the shape of the variable; for {@link
   *     #updateRows}, the gradient of the rows
   * @param learningRate learning rate of this step, scaled by the {@link LearningRateSchedule}, a
   *     scalar
   * @param step number of this update, from 1, a scalar
   * @param slots state of the optimizer for this variable
   */
  record Update(
      Operand<TFloat32> variable,
      Operand<TFloat32> gradient,
      Operand<TFloat32> learningRate,
      Operand<TInt64> step,
      Slots slots) {

    /** Returns the slot of a name, in the shape of the variable. */
    public Operand<TFloat32> slot(String name) {
      return slots.slot(name, variable.shape());
    }
  }

  /** The optimizer's state for one parameter: variables that are saved in checkpoints. */
  @FunctionalInterface
  interface Slots {

    /**
     * Returns a slot; the first call creates it.
     *
     * @return reference to the variable, initially 0
     */
    Operand<TFloat32> slot(String name, Shape shape);
  }
}
