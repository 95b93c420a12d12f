package org.seq4j.core.graph;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.tensorflow.ndarray.Shape;

/** First values of a parameter, computed in Java so that they are the same everywhere. */
@FunctionalInterface
public interface Initializer {

  /** Zeros. */
  Initializer ZEROS = constant(0);

  /**
   * Uniform in ±sqrt(6 / (fan in + fan out)) (Glorot and Bengio 2010, eq. 16), the last axis being
   * the outputs and the others the inputs.
   */
  Initializer GLOROT =
      (shape, random) -> {
        long out = shape.get(-1);
        return uniform(Math.sqrt(6.0 / (shape.size() / out + out))).values(shape, random);
      };

  /** The values in row-major order; the generator is seeded by experiment and parameter name. */
  float[] values(Shape shape, RandomGenerator random);

  /** One value everywhere. */
  static Initializer constant(float value) {
    return (shape, random) -> {
      float[] values = new float[Math.toIntExact(shape.size())];
      Arrays.fill(values, value);
      return values;
    };
  }

  /** Uniform between -limit and limit. */
  static Initializer uniform(double limit) {
    return (shape, random) -> {
      float[] values = new float[Math.toIntExact(shape.size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
      }
      return values;
    };
  }

  /** Normal with mean 0. */
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
