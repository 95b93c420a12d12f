package org.seq4j.spark;

import java.nio.ByteBuffer;
import org.seq4j.trainer.data.batch.BatchPosition;
import org.seq4j.trainer.training.state.DivergedException;
import org.seq4j.trainer.training.state.StepTotals;
import org.seq4j.trainer.training.step.WorkerPool;

/** The result of a worker in a round, or the failure of a step that diverged, as bytes. */
final class ResultBytes {
  private static final int DIVERGED = 0;
  private static final int MADE = 1;

  private ResultBytes() {}

  /**
   * A result.
   *
   * @param seconds the time of the steps alone
   */
  record Made(WorkerPool.Result result, double seconds) {}

  static byte[] of(Made made) {
    WorkerPool.Result result = made.result();
    BatchPosition position = result.position();
    StepTotals totals = result.totals();
    return ByteBuffer.allocate(Integer.BYTES + 9 * Long.BYTES)
        .putInt(MADE)
        .putLong(position.seed())
        .putLong(position.epoch())
        .putLong(position.batch())
        .putLong(totals.steps())
        .putLong(totals.tokens())
        .putDouble(totals.lossSum())
        .putDouble(totals.normSum())
        .putDouble(result.lastLoss())
        .putDouble(made.seconds())
        .array();
  }

  static byte[] of(DivergedException diverged) {
    return ByteBuffer.allocate(Integer.BYTES + 3 * Long.BYTES)
        .putInt(DIVERGED)
        .putLong(diverged.step())
        .putDouble(diverged.loss())
        .putDouble(diverged.norm())
        .array();
  }

  /**
   * Reads a result.
   *
   * @throws DivergedException if it is that of a training that diverged
   */
  static Made read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.getInt() == DIVERGED) {
      throw new DivergedException(in.getLong(), in.getDouble(), in.getDouble());
    }
    BatchPosition position =
        new BatchPosition(in.getLong(), (int) in.getLong(), (int) in.getLong());
    StepTotals totals = new StepTotals(in.getLong(), in.getLong(), in.getDouble(), in.getDouble());
    WorkerPool.Result result = new WorkerPool.Result(position, totals, in.getDouble());
    return new Made(result, in.getDouble());
  }
}
