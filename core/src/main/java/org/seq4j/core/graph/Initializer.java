package org.seq4j.core.graph;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.tensorflow.ndarray.Shape;

/** Initial values of a parameter, computed in Java so that they are equal on all platforms. */
@FunctionalInterface
public interface Initializer {

  /** All zeros. */
  Initializer ZEROS = constant(0);

  /**
   * Uniform between ±sqrt(6 / (fan_in + fan_out)) (Glorot and Bengio 2010, eq. 16). The last axis
   * is fan_out, the product of the others fan_in.
   */
  Initializer GLOROT =
      (shape, random) -> {
        long out = shape.get(-1);
        return uniform(Math.sqrt(6.0 / (shape.size() / out + out))).values(shape, random);
      };

  /**
   * Computes the values of a parameter.
   *
   * @param random seeded by the experiment's seed and the parameter's path
   * @return the values in row-major order
   */
  float[] values(Shape shape, RandomGenerator random);

  /** Returns an initializer with the same value everywhere. */
  static Initializer constant(float value) {
    return (shape, random) -> {
      float[] values = new float[Math.toIntExact(shape.size())];
      Arrays.fill(values, value);
      return values;
    };
  }

  /** Returns an initializer with values distributed uniformly between -limit and limit. */
  static Initializer uniform(double limit) {
    return (shape, random) -> {
      float[] values = new float[Math.toIntExact(shape.size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
      }
      return values;
    };
  }

  /** Returns an initializer with normally distributed values of mean 0. */
  static Initializer normal(double deviation) {
    return (shape, random) -> {
      float[] values = new float[Math.toIntExact(shape.size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() * deviation);
      }
      return values;
    };
  }
}
