package org.seq4j.runtime.inference;

import org.seq4j.runtime.search.RankingConfig;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Ranks hypotheses in a graph like the searches in {@code runtime.search}. */
record InGraphRanking(RankingConfig config) {

  /** Computes the rank of hypotheses with a number of tokens; the length includes the end token. */
  Operand<TFloat32> rank(Ops ops, Operand<TFloat32> score, Operand<TInt32> time) {
    Operand<TFloat32> length = withEnd(ops, time);
    return ops.math.add(
        ops.math.div(score, divisor(ops, length)),
        ops.math.mul(length, ops.constant((float) config.wordReward())));
  }

  /** Computes an upper bound of the rank that live hypotheses can reach. */
  Operand<TFloat32> bound(Ops ops, Operand<TFloat32> score, Operand<TInt32> most) {
    Operand<TFloat32> length = withEnd(ops, most);
    return ops.math.add(
        ops.math.div(score, divisor(ops, length)),
        ops.math.mul(length, ops.constant((float) Math.max(0, config.wordReward()))));
  }

  private static Operand<TFloat32> withEnd(Ops ops, Operand<TInt32> tokens) {
    return ops.dtypes.cast(ops.math.add(tokens, ops.constant(1)), TFloat32.class);
  }

  private Operand<TFloat32> divisor(Ops ops, Operand<TFloat32> length) {
    Operand<TFloat32> alpha = ops.constant((float) config.lengthPenalty());
    return switch (config.lengthNormalization()) {
      case GNMT ->
          ops.math.pow(
              ops.math.div(ops.math.add(length, ops.constant(5f)), ops.constant(6f)), alpha);
      case POWER -> ops.math.pow(length, alpha);
      case AVERAGE -> length;
    };
  }
}
