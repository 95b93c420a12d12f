package org.seq4j.spark;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.TrainPairs;
import org.seq4j.trainer.training.state.TrainingException;
import org.seq4j.trainer.training.step.Steppers;
import org.seq4j.trainer.training.step.WorkerPool;
import scala.Tuple2;

/** The workers of a training as tasks of a cluster: a Spark job for each round. */
final class ClusterWorkers implements WorkerPool {
  private static final long POLL_MILLIS = 200;

  private final JavaSparkContext spark;
  private final Replica.Origin origin;
  private final int count;

  /**
   * Creates the workers.
   *
   * @param threads the number of threads of a worker
   */
  ClusterWorkers(JavaSparkContext spark, int threads, Steppers training) {
    this.spark = spark;
    this.count = training.pairs().size();
    RunArchive run = RunArchive.withoutWeights(training.saver().run());
    List<Broadcast<byte[]>> pairs = new ArrayList<>(); // an executor fetches those that it needs
    for (TrainPairs shard : training.pairs()) {
      pairs.add(spark.broadcast(PairBytes.of(shard.all().orElseThrow().pairs())));
    }
    this.origin =
        new Replica.Origin(
            run.fingerprint() + " " + System.nanoTime(),
            threads,
            spark.broadcast(run.bytes()),
            pairs);
  }

  @Override
  public Optional<Round> run(Work work, BooleanSupplier stop) {
    Broadcast<byte[]> variables = spark.broadcast(VariableBytes.of(work.variables()));
    try {
      return pieces(new RoundTask(origin, variables, count, work), stop)
          .map(pieces -> round(pieces, work.variables()));
    } finally {
      variables.destroy();
    }
  }

  /** Runs the job; empty if it was given up because of a stop. */
  private Optional<Map<Integer, byte[]>> pieces(RoundTask task, BooleanSupplier stop) {
    List<Integer> workers = IntStream.range(0, count).boxed().toList();
    JavaFutureAction<List<Tuple2<Integer, byte[]>>> job =
        spark
            .parallelize(workers, count)
            .flatMapToPair(task)
            .groupByKey(count)
            .mapToPair(new SliceMean(count))
            .collectAsync();
    while (true) {
      try {
        Map<Integer, byte[]> pieces = new TreeMap<>();
        job.get(POLL_MILLIS, TimeUnit.MILLISECONDS)
            .forEach(piece -> pieces.put(piece._1(), piece._2()));
        return Optional.of(pieces);
      } catch (TimeoutException e) {
        if (stop.getAsBoolean()) {
          job.cancel(true);
          return Optional.empty();
        }
      } catch (InterruptedException e) {
        job.cancel(true);
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while waiting for a round");
      } catch (ExecutionException e) {
        throw new TrainingException("a round failed: " + FailureMessage.of(e), e);
      }
    }
  }

  private Round round(Map<Integer, byte[]> pieces, Map<String, SafeTensors.Array> shapes) {
    List<Result> results = new ArrayList<>();
    for (int worker = 0; worker < count; worker++) {
      results.add(ResultBytes.read(pieces.get(count + worker))); // fails if it has diverged
    }
    ByteBuffer all = ByteBuffer.allocate(Float.BYTES * VariableBytes.count(shapes));
    for (int slice = 0; slice < count; slice++) {
      all.put(pieces.get(slice));
    }
    return new Round(results, VariableBytes.read(all.flip().asFloatBuffer(), shapes));
  }

  @Override
  public void close() {
    origin.run().destroy();
    origin.pairs().forEach(Broadcast::destroy);
  }
}
