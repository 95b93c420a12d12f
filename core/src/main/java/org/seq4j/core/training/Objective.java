package org.seq4j.core.training;

import java.util.Set;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Kind;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A loss that training minimizes. The losses of all objectives of an experiment are summed, each
 * multiplied by its weight. The gradient is that of the sum divided by the number of real target
 * positions of the batch.
 *
 * <p>An objective is built several times over the same parameters: a batch is divided into
 * sub-batches, which threads compute in parallel, and the losses of the sub-batches are summed. An
 * objective keeps neither a scope nor an operand. It may have parameters of its own in its scope;
 * they are trained and saved with the model, and not needed at inference.
 */
@Kind("objective")
public interface Objective {

  /** An input that an objective requires of the data. */
  enum Input {
    /** Targets consist of tokens: {@link ForcedPass#tokens} can be called. */
    TOKENS,

    /** Targets consist of vectors: {@link ForcedPass#vectors} can be called. */
    VECTORS,

    /** The corpus has alignments: {@link ForcedPass#links} is present. */
    ALIGNMENT
  }

  /** The requirements on the data; an experiment that does not meet them is rejected. */
  default Set<Input> needs() {
    return Set.of();
  }

  /**
   * The factor of this loss in the sum of all objectives, usually a key of the configuration;
   * {@link #loss} does not include it. If it is 0, the loss is not built.
   */
  double weight();

  /**
   * Adds the ops of the loss.
   *
   * @param scope a scope for the parameters of this objective
   * @param pass the outputs of the model for a sub-batch; the number of its rows may be 0
   * @return the sum over real target positions of these rows, a scalar; it must not depend on
   *     values beyond a length
   * @throws IllegalArgumentException if the model lacks something that the loss needs, such as
   *     attention; the message is for the user
   */
  Operand<TFloat32> loss(Scope scope, ForcedPass pass);
}
