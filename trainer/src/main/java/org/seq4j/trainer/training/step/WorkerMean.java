package org.seq4j.trainer.training.step;

import java.util.LinkedHashMap;
import java.util.Map;
import org.seq4j.runtime.weights.SafeTensors;

/**
 * The mean of the variables of several workers. It is computed in double precision; the result
 * depends on the order of the workers.
 */
final class WorkerMean {
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Map<String, double[]> sums = new LinkedHashMap<>();
  private int workers;

  /** Adds the variables of the next worker, by path. */
  void add(Map<String, SafeTensors.Array> variables) {
    variables.forEach(
        (path, array) -> {
          float[] values = array.values();
          shapes.put(path, array.shape());
          double[] sum = sums.computeIfAbsent(path, each -> new double[values.length]);
          for (int i = 0; i < values.length; i++) {
            sum[i] += values[i];
          }
        });
    workers++;
  }

  /** Returns the mean of each variable, by path. */
  Map<String, SafeTensors.Array> get() {
    Map<String, SafeTensors.Array> means = new LinkedHashMap<>();
    sums.forEach(
        (path, sum) -> {
          float[] mean = new float[sum.length];
          for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / workers);
          }
          means.put(path, new SafeTensors.Array(shapes.get(path), mean));
        });
    return means;
  }
}
