package org.seq4j.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.BatchPosition;
import org.seq4j.trainer.training.graph.StepSettings;
import org.seq4j.trainer.training.state.DivergedException;
import org.seq4j.trainer.training.step.WorkerPool;
import scala.Tuple2;

/**
 * The round of a worker, a function of its arguments alone: Spark may repeat it anywhere. The
 * worker returns its variables in slices, by their number, and after them its {@linkplain
 * ResultBytes result}.
 */
final class RoundTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Replica.Origin origin;
  private final Broadcast<byte[]> variables;
  private final int slices;
  private final long stepsBefore;
  private final double[][] settings; // of each step: rate, truth, additional losses
  private final long[][] positions; // of each worker: seed, epoch, batch

  RoundTask(Replica.Origin origin, Broadcast<byte[]> variables, int slices, WorkerPool.Work work) {
    this.origin = origin;
    this.variables = variables;
    this.slices = slices;
    this.stepsBefore = work.stepsBefore();
    this.settings =
        work.settings().stream()
            .map(it -> new double[] {it.learningRate(), it.truth(), it.additionalLosses()})
            .toArray(double[][]::new);
    this.positions =
        work.positions().stream()
            .map(it -> new long[] {it.seed(), it.epoch(), it.batch()})
            .toArray(long[][]::new);
  }

  /** The rounds of workers whose pairs the driver has sent: a worker is known by its number. */
  record Sent(RoundTask round, List<Broadcast<byte[]>> shards)
      implements PairFlatMapFunction<Integer, Integer, byte[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Tuple2<Integer, byte[]>> call(Integer worker) {
      return round.run(worker, () -> shards.get(worker).value());
    }
  }

  /** The rounds of workers whose pairs are in the executors: a partition for each worker. */
  record Kept(RoundTask round) implements PairFlatMapFunction<Iterator<byte[]>, Integer, byte[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Tuple2<Integer, byte[]>> call(Iterator<byte[]> shard) {
      return round.run(TaskContext.getPartitionId(), shard::next);
    }
  }

  private Iterator<Tuple2<Integer, byte[]>> run(int worker, Supplier<byte[]> shard) {
    TaskContext task = TaskContext.get();
    Replica replica = Replica.borrow(origin);
    try {
      ResultBytes.Made made =
          replica
              .run(
                  worker,
                  shard,
                  new BatchPosition(
                      positions[worker][0], (int) positions[worker][1], (int) positions[worker][2]),
                  stepsBefore,
                  settings(),
                  variables.value(),
                  task::isInterrupted)
              .orElseThrow(() -> new CancellationException("the task was killed"));
      return sliced(worker, replica.read(), ResultBytes.of(made));
    } catch (DivergedException e) { // would diverge again: no reason for Spark to repeat it
      return List.of(new Tuple2<>(slices + worker, ResultBytes.of(e))).iterator();
    } finally {
      replica.giveBack();
    }
  }

  private List<StepSettings> settings() {
    List<StepSettings> all = new ArrayList<>();
    for (double[] step : settings) {
      all.add(new StepSettings(step[0], step[1], step[2]));
    }
    return all;
  }

  private Iterator<Tuple2<Integer, byte[]>> sliced(
      int worker, Map<String, SafeTensors.Array> values, byte[] result) {
    byte[] all = VariableBytes.of(values);
    List<Tuple2<Integer, byte[]>> pieces = new ArrayList<>();
    for (int slice = 0; slice < slices; slice++) {
      int from = start(slice, slices, all.length);
      int size = start(slice + 1, slices, all.length) - from;
      pieces.add(
          new Tuple2<>(
              slice,
              ByteBuffer.allocate(Integer.BYTES + size)
                  .putInt(worker)
                  .put(all, from, size)
                  .array()));
    }
    pieces.add(new Tuple2<>(slices + worker, result));
    return pieces.iterator();
  }

  /** Returns the position of a slice in all bytes; it is that of a number. */
  private static int start(int slice, int slices, int bytes) {
    return (int) ((long) (bytes / Float.BYTES) * slice / slices) * Float.BYTES;
  }
}
