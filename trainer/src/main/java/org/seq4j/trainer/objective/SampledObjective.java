package org.seq4j.trainer.objective;

import java.util.List;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.core.training.Objective;
import org.seq4j.runtime.codec.TextCodec;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * An objective of candidates that are drawn from the model before each step and take the place of
 * the batch: other objectives would see the candidates, so it stands alone. Candidates of one
 * source may be in several parts of the batch, so that it is asked for all parts together.
 */
public interface SampledObjective extends Objective {

  /** Draws candidates for a target of tokens. */
  RiskSampler sampler(TextCodec target, long seed);

  /**
   * Adds the ops of the loss.
   *
   * @param parts of the rows of the batch
   * @param groups the number of the source of each row, in the order of the parts' rows, {@code
   *     [N]}
   * @param costs of each row, likewise
   * @return the sum over the sources, a scalar
   */
  Operand<TFloat32> loss(
      Scope scope, List<ForcedPass> parts, Operand<TInt32> groups, Operand<TFloat32> costs);

  /** Candidates stand alone. */
  @Override
  default double weight() {
    return 1;
  }

  /**
   * Fails: the loss is that of {@link #loss(Scope, List, Operand, Operand)}.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  default Operand<TFloat32> loss(Scope scope, ForcedPass pass) {
    throw new UnsupportedOperationException("a loss of candidates is not one of a batch's targets");
  }
}
