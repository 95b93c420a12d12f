package org.seq4j.trainer.training;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seq4j.runtime.graph.Parameters;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.BatchPosition;
import org.seq4j.trainer.data.batch.BatchStream;
import org.seq4j.trainer.data.batch.Batching;
import org.seq4j.trainer.data.batch.TrainingBatch;
import org.seq4j.trainer.data.batch.TrainingData;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.seq4j.trainer.training.graph.StepSettings;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.log.ProcessUsage;

/**
 * The cost of training a model, measured by a few steps that are discarded.
 *
 * @param parameters number of values by layer, that is, by the path of the parameters without their
 *     own names; frozen parameters included
 * @param trained number of values that are trained
 * @param step mean duration of a step
 * @param tokensPerSecond target tokens per second
 * @param stepsPerEpoch number of steps of an epoch; empty if data are streamed
 * @param memory resident memory of the process in bytes after the steps; empty if unknown
 */
public record TrainingCost(
    SortedMap<String, Long> parameters,
    long trained,
    Duration step,
    double tokensPerSecond,
    OptionalLong stepsPerEpoch,
    OptionalLong memory) {
  private static final int WARMUP = 2;
  private static final int MEASURED = 5;

  static TrainingCost measure(
      TrainingGraph graph, TrainingConfig config, TrainingData data, long seed) {
    try (BatchStream batches =
        new BatchStream(new Batching(config.batch()), data.train(), BatchPosition.start(seed))) {
      long tokens = 0;
      long nanos = 0;
      for (int step = 1; step <= WARMUP + MEASURED; step++) {
        TrainingBatch batch = batches.next();
        long begun = System.nanoTime();
        graph.step(step, batch.batch(), StepSettings.PLAIN);
        if (step > WARMUP) {
          nanos += System.nanoTime() - begun;
          tokens += batch.tokens();
        }
      }
      Long memory = new ProcessUsage().residentBytes();
      return new TrainingCost(
          byLayer(graph.read()),
          graph.parameterCount(),
          Duration.ofNanos(nanos / MEASURED),
          1e9 * tokens / nanos,
          batches
              .batchesInEpoch()
              .map(count -> OptionalLong.of(count))
              .orElseGet(OptionalLong::empty),
          memory == null ? OptionalLong.empty() : OptionalLong.of(memory));
    }
  }

  private static SortedMap<String, Long> byLayer(Map<String, SafeTensors.Array> arrays) {
    SortedMap<String, Long> layers = new TreeMap<>();
    arrays.forEach(
        (path, array) -> {
          if (!Parameters.isSlot(path)) {
            int end = path.lastIndexOf('.');
            layers.merge(
                end < 0 ? path : path.substring(0, end), (long) array.values().length, Long::sum);
          }
        });
    return layers;
  }
}
