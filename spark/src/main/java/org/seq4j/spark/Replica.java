package org.seq4j.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.spark.broadcast.Broadcast;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.BatchPosition;
import org.seq4j.trainer.data.batch.Batching;
import org.seq4j.trainer.data.batch.EncodedExamples;
import org.seq4j.trainer.data.batch.TrainPairs;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.training.graph.StepSettings;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.step.Worker;

/**
 * A graph of training in this JVM. One task uses it at a time, for any worker; it keeps the pairs
 * of the workers that it was used for.
 */
final class Replica {
  /** The replicas that no task uses; also the lock. */
  private static final Deque<Replica> IDLE = new ArrayDeque<>();

  private final Origin origin;
  private final TrainingGraph graph;
  private final Map<String, SafeTensors.Array> shapes;
  private final Batching batching;
  private final Map<Integer, Worker> workers = new HashMap<>();

  /**
   * The origin of a replica: all that it is made from.
   *
   * @param training the identity of the training
   * @param threads the number of threads of the graph
   * @param run a zip file with the files of the run, without weights
   */
  record Origin(String training, int threads, Broadcast<byte[]> run) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private Replica(Origin origin) {
    this.origin = origin;
    Path run = RunArchive.unpack(origin.run().value());
    Experiment experiment =
        Experiment.ofRun(
            run,
            new PluginLoader(LoadedModels.loader()).classPath(),
            List.of("training.threads=" + origin.threads()));
    graph = experiment.trainingGraph(run);
    shapes = graph.read();
    batching = new Batching(experiment.config().training().batch());
  }

  /** Returns a replica for a task, which gives it back. Replicas of other trainings are closed. */
  static Replica borrow(Origin origin) {
    synchronized (IDLE) {
      List<Replica> others =
          new ArrayList<>(
              IDLE.stream().filter(it -> !it.origin.training().equals(origin.training())).toList());
      IDLE.removeAll(others);
      others.forEach(Replica::close);
      if (!IDLE.isEmpty()) {
        return IDLE.pop();
      }
      return new Replica(origin); // within the lock: native code is unpacked and loaded once
    }
  }

  void giveBack() {
    synchronized (IDLE) {
      IDLE.push(this);
    }
  }

  /**
   * Makes the steps of a worker in a round; empty if they were given up because of a stop.
   *
   * @param shard the {@linkplain ShardBytes pairs of the worker}, asked for once
   */
  Optional<ResultBytes.Made> run(
      int worker,
      Supplier<byte[]> shard,
      BatchPosition position,
      long stepsBefore,
      List<StepSettings> settings,
      byte[] variables,
      BooleanSupplier stop) {
    graph.assign(VariableBytes.read(ByteBuffer.wrap(variables).asFloatBuffer(), shapes));
    Worker ready = workers.computeIfAbsent(worker, number -> worker(number, shard.get()));
    long start = System.nanoTime();
    return ready
        .run(graph::step, position, stepsBefore, settings, stop)
        .map(result -> new ResultBytes.Made(result, (System.nanoTime() - start) / 1e9));
  }

  private Worker worker(int number, byte[] shard) {
    EncodedExamples pairs = EncodedExamples.all(ShardBytes.pairs(shard));
    return new Worker(number, batching, TrainPairs.inMemory(pairs));
  }

  Map<String, SafeTensors.Array> read() {
    return graph.read();
  }

  private void close() {
    workers.values().forEach(Worker::close);
    graph.close();
  }
}
