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
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.TrainPairs;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.training.state.DivergedException;
import org.seq4j.trainer.training.state.TrainingException;
import org.seq4j.trainer.training.step.LocalWorkers;
import org.seq4j.trainer.training.step.Steppers;
import org.seq4j.trainer.training.step.WorkerPool;
import scala.Tuple2;

/** The workers of a training as tasks of a cluster: a Spark job for each round. */
final class ClusterWorkers implements WorkerPool {
  private static final long POLL_MILLIS = 200;

  private final JavaSparkContext spark;
  private final Steppers training;
  private final Replica.Origin origin;
  private final Optional<JavaRDD<byte[]>> kept; // the pairs of each worker, one value a partition
  private final List<Broadcast<byte[]>> sent = new ArrayList<>(); // or these
  private final int count;
  private final RoundCosts costs;

  /**
   * Creates the workers.
   *
   * @param threads the number of threads of a worker
   * @param costs gets the times of rounds
   */
  ClusterWorkers(JavaSparkContext spark, int threads, Steppers training, RoundCosts costs) {
    this.spark = spark;
    this.training = training;
    this.costs = costs;
    this.count = training.pairs().size();
    RunArchive run = RunArchive.withoutWeights(training.saver().run());
    this.origin =
        new Replica.Origin(
            run.fingerprint() + " " + System.nanoTime(), threads, spark.broadcast(run.bytes()));
    if (training.data().train() instanceof ClusterPairs pairs) {
      kept = Optional.of(pairs.shards());
    } else {
      kept = Optional.empty();
      for (TrainPairs shard : training.pairs()) { // an executor fetches those that it needs
        sent.add(
            spark.broadcast(
                ShardBytes.of(new SkippedExamples(), shard.all().orElseThrow().pairs())));
      }
    }
  }

  @Override
  public Optional<Round> run(Work work, BooleanSupplier stop) {
    long start = System.nanoTime();
    Broadcast<byte[]> variables = spark.broadcast(VariableBytes.of(work.variables()));
    try {
      return pieces(pieces(new RoundTask(origin, variables, count, work)), stop)
          .map(pieces -> round(work, pieces, start, stop));
    } finally {
      variables.destroy();
    }
  }

  private JavaPairRDD<Integer, byte[]> pieces(RoundTask round) {
    if (kept.isPresent()) {
      return kept.get().mapPartitionsToPair(new RoundTask.Kept(round));
    }
    List<Integer> workers = IntStream.range(0, count).boxed().toList();
    return spark.parallelize(workers, count).flatMapToPair(new RoundTask.Sent(round, sent));
  }

  /** Runs the job; empty if it was given up because of a stop. */
  private Optional<Map<Integer, byte[]>> pieces(
      JavaPairRDD<Integer, byte[]> workers, BooleanSupplier stop) {
    JavaFutureAction<List<Tuple2<Integer, byte[]>>> job =
        workers.groupByKey(count).mapToPair(new SliceMean(count)).collectAsync();
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

  private Round round(Work work, Map<Integer, byte[]> pieces, long start, BooleanSupplier stop) {
    Map<String, SafeTensors.Array> shapes = work.variables();
    List<Result> results = new ArrayList<>();
    double slowest = 0;
    for (int worker = 0; worker < count; worker++) {
      ResultBytes.Made made = made(worker, work, pieces.get(count + worker), stop);
      results.add(made.result());
      slowest = Math.max(slowest, made.seconds());
    }
    ByteBuffer all = ByteBuffer.allocate(Float.BYTES * VariableBytes.count(shapes));
    for (int slice = 0; slice < count; slice++) {
      all.put(pieces.get(slice));
    }
    Round round = new Round(results, VariableBytes.read(all.flip().asFloatBuffer(), shapes));
    costs.add((System.nanoTime() - start) / 1e9, slowest, all.capacity());
    return round;
  }

  /**
   * Reads the result of a worker.
   *
   * @throws DivergedException if a step has diverged. The driver has repeated it; if it has
   *     diverged there, too, the run has the files that help to find the reason
   */
  private ResultBytes.Made made(int worker, Work work, byte[] bytes, BooleanSupplier stop) {
    try {
      return ResultBytes.read(bytes);
    } catch (DivergedException e) {
      if (kept.isPresent()) {
        throw e; // the driver has no pairs to repeat it with
      }
      try (LocalWorkers here = new LocalWorkers(training)) {
        here.repeat(worker, work, stop);
      }
      throw e; // not here: other threads or another kind of processor
    }
  }

  @Override
  public void close() {
    origin.run().destroy();
    sent.forEach(Broadcast::destroy);
  }
}
