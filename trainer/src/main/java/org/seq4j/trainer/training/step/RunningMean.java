package org.seq4j.trainer.training.step;

import java.nio.FloatBuffer;

/**
 * The mean of several arrays. They are summed in double precision in the order in which they are
 * added, so that equal arrays in the same order have the same mean, bit for bit.
 */
public final class RunningMean {
  private final double[] sums;
  private int count;

  /**
   * Creates a mean of no arrays.
   *
   * @param size the size of each array
   */
  public RunningMean(int size) {
    sums = new double[size];
  }

  /** Adds an array. */
  public void add(FloatBuffer values) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += values.get(i);
    }
    count++;
  }

  /** Returns the mean of the arrays. */
  public float[] get() {
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / count);
    }
    return mean;
  }
}
