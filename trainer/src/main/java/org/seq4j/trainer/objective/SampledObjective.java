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
 * An objective on candidates that are sampled from the model before each step and replace the
 * batch. It must be the only objective, because others would see the candidates. The loss is
 * computed over all parts of the batch together, because candidates of a source may be in several
 * parts.
 */
public interface SampledObjective extends Objective {

  /** Returns a sampler of candidates, for a target of tokens. */
  RiskSampler sampler(TextCodec target, long seed);

  /**
   * Adds the ops of the loss.
   *
   * @param parts the teacher-forced passes over the parts of the batch
   * @param groups the index of each row's source, in the order of the parts' rows, {@code [N]}
   * @param costs the cost of each row, in the same order, {@code [N]}
   * @return the sum over the sources, a scalar
   */
  Operand<TFloat32> loss(
      Scope scope, List<ForcedPass> parts, Operand<TInt32> groups, Operand<TFloat32> costs);

  /** Returns 1, because there is no other objective to weigh against. */
  @Override
  default double weight() {
    return 1;
  }

  /**
   * Not supported; use {@link #loss(Scope, List, Operand, Operand)}.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  default Operand<TFloat32> loss(Scope scope, ForcedPass pass) {
    throw new UnsupportedOperationException(
        "a sampled objective has no loss on the targets of a batch");
  }
}
