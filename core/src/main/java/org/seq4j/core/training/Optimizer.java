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

/** A rule for moving a parameter by its gradient. */
@Kind("optimizer")
public interface Optimizer {

  /** The learning rate where the config gives none. */
  double defaultLearningRate();

  /**
   * Adds the op that updates one variable in place.
   *
   * @param tf makes ops that run after every gradient has been computed
   * @param update what to update, and by what
   */
  Op update(Ops tf, Update update);

  /**
   * Adds the op that updates some rows of a variable in place and leaves the others, if the rule
   * has such a form. It is asked for tables of which a batch touches few rows.
   *
   * @param tf makes ops that run after every gradient has been computed
   * @param update whose gradient is of these rows, {@code [U, ...]}
   * @param rows which rows, {@code [U]}, each once
   * @return empty if the rule moves rows without a gradient, too: then {@link #update} is asked
   */
  default Optional<Op> updateRows(Ops tf, Update update, Operand<TInt32> rows) {
    return Optional.empty();
  }

  /**
   * A variable and what its rule may use.
   *
   * @param variable the reference to the variable
   * @param gradient of the same shape; for {@link #updateRows}, of the rows
   * @param learningRate of this step, a scalar; {@link LearningRateSchedule} scales it
   * @param step the number of this update, from 1; a scalar
   * @param slots where the rule keeps what it needs from step to step
   */
  record Update(
      Operand<TFloat32> variable,
      Operand<TFloat32> gradient,
      Operand<TFloat32> learningRate,
      Operand<TInt64> step,
      Slots slots) {

    /** The slot of that name and of the variable's shape. */
    public Operand<TFloat32> slot(String name) {
      return slots.slot(name, variable.shape());
    }
  }

  /** Variables that a rule keeps about a parameter. They are saved with the model. */
  @FunctionalInterface
  interface Slots {

    /**
     * Makes or finds one.
     *
     * @return the reference to the variable, which starts at zero
     */
    Operand<TFloat32> slot(String name, Shape shape);
  }
}
