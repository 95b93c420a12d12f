package org.seq4j.trainer.training.step;

import java.util.Optional;
import org.seq4j.trainer.data.batch.BatchPosition;
import org.seq4j.trainer.data.batch.BatchStream;
import org.seq4j.trainer.data.batch.Batching;
import org.seq4j.trainer.data.batch.Prefetcher;
import org.seq4j.trainer.data.batch.TrainPairs;
import org.seq4j.trainer.data.batch.TrainingBatch;
import org.seq4j.trainer.data.corpus.SkippedExamples;

/** The batches of a worker, which a thread of its own prepares ahead. */
final class WorkerBatches implements AutoCloseable {
  private static final int READY = 4;

  private final BatchStream stream;
  private final Optional<Integer> inEpoch;
  private final Prefetcher<TrainingBatch> batches;
  private BatchPosition position;

  WorkerBatches(Batching batching, TrainPairs pairs, BatchPosition position) {
    this.position = position;
    stream = new BatchStream(batching, pairs, position);
    inEpoch = stream.batchesInEpoch();
    batches = Prefetcher.start(stream, READY, "seq4j-batches");
  }

  TrainingBatch next() {
    TrainingBatch batch = batches.next();
    position = position.next(batch.endsEpoch());
    return batch;
  }

  /** Returns the position after the last batch that {@link #next} returned. */
  BatchPosition position() {
    return position;
  }

  /** Returns the number of batches in the epoch at the start; empty if the data are streamed. */
  Optional<Integer> inEpoch() {
    return inEpoch;
  }

  SkippedExamples leftOut() {
    return stream.leftOut();
  }

  long waitedNanos() {
    return batches.waitedNanos();
  }

  @Override
  public void close() {
    batches.close();
    stream.close();
  }
}
