package org.seq4j.trainer.training.step;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seq4j.runtime.weights.SafeTensors;

/** The mean of the variables of several workers, in their order. */
final class WorkerMean {
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Map<String, RunningMean> means = new LinkedHashMap<>();

  /** Adds the variables of the next worker, by path. */
  void add(Map<String, SafeTensors.Array> variables) {
    variables.forEach(
        (path, array) -> {
          shapes.put(path, array.shape());
          means
              .computeIfAbsent(path, each -> new RunningMean(array.values().length))
              .add(FloatBuffer.wrap(array.values()));
        });
  }

  /** Returns the mean of each variable, by path. */
  Map<String, SafeTensors.Array> get() {
    Map<String, SafeTensors.Array> arrays = new LinkedHashMap<>();
    means.forEach(
        (path, mean) -> arrays.put(path, new SafeTensors.Array(shapes.get(path), mean.get())));
    return arrays;
  }
}
