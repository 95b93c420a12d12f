package org.seq4j.core.training;

import java.util.Set;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Kind;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A loss that training minimises. The losses of all objectives of an experiment are added up, each
 * multiplied by its weight. The gradient is that of the sum divided by the number of real target
 * positions of the batch.
 *
 * <p>An objective is built several times over the same parameters: a batch is divided into parts of
 * its rows, which threads compute side by side, and the losses of the parts are added up. It keeps
 * neither a scope nor an operand. It may have parameters of its own in its scope; they are trained
 * and saved with the model, and using the model does without them.
 */
@Kind("objective")
public interface Objective {

  /** A requirement of an objective on a batch. */
  enum Need {
    /** Targets of tokens: {@link ForcedPass#tokens} can be called. */
    TOKENS,

    /** Targets of vectors: {@link ForcedPass#vectors} can be called. */
    VECTORS,

    /** Alignments in a corpus: {@link ForcedPass#links} is present. */
    ALIGNMENT
  }

  /** The requirements on a batch; an experiment that does not meet them is refused. */
  default Set<Need> needs() {
    return Set.of();
  }

  /**
   * The factor of this loss in the sum of all objectives, usually a key of the configuration;
   * {@link #loss} does not include it. At 0 nothing is built.
   */
  double weight();

  /**
   * Adds the ops of the loss.
   *
   * @param scope of its own, for parameters
   * @param pass what the model makes of some rows of a batch; there may be none
   * @return a scalar: the sum over real target positions of these rows. What stands beyond a length
   *     must not change it
   * @throws IllegalArgumentException if the model does not have what it takes, such as attention;
   *     the message goes to the user
   */
  Operand<TFloat32> loss(Scope scope, ForcedPass pass);
}
