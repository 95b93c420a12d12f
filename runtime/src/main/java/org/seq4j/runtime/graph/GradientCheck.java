package org.seq4j.runtime.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * Compares the gradients of a scalar with finite differences along random directions.
 *
 * <p>All parameters, including those initialized with zeros, first get values of both signs,
 * because many wrong gradients look right with positive or saturated values.
 */
public final class GradientCheck {
  private static final double STEP = 3e-2;

  private GradientCheck() {}

  /**
   * Checks the gradients of all existing parameters.
   *
   * @param loss a scalar, built in a scope for training
   * @return the largest relative error, by parameter
   * @throws AssertionError if an error exceeds the tolerance; the message names the parameters
   */
  public static Map<String, Double> check(
      ModelGraph model, Operand<TFloat32> loss, double tolerance, long seed) {
    return check(model, loss, tolerance, seed, 0.5);
  }

  /**
   * Checks the gradients at parameter values up to a limit. Small values in a whole model give
   * gradients so small that the rounding of 32-bit floats hides them.
   */
  public static Map<String, Double> check(
      ModelGraph model, Operand<TFloat32> loss, double tolerance, long seed, double limit) {
    RandomGenerator random = new LxmRandom(seed);
    List<String> paths = model.parameters().paths();
    List<Operand<TFloat32>> gradients =
        model.gradients(loss, paths.stream().map(model.parameters()::value).toList());
    Map<String, float[]> values = new LinkedHashMap<>();
    for (String path : paths) {
      int size = (int) model.parameters().shapes().get(path).size();
      values.put(path, uniform(random, size, limit));
      model.assign(Map.of(path, values.get(path)));
    }
    List<float[]> computed = new ArrayList<>();
    Session.Runner runner = model.session().runner();
    gradients.forEach(runner::fetch);
    try (Result result = runner.run()) {
      for (int i = 0; i < paths.size(); i++) {
        TFloat32 tensor = (TFloat32) result.get(i);
        float[] gradient = new float[(int) tensor.shape().size()];
        tensor.asRawTensor().data().asFloats().read(gradient);
        computed.add(gradient);
      }
    }
    Map<String, Double> errors = new LinkedHashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      float[] gradient = computed.get(i);
      double norm = Math.sqrt(dot(gradient, gradient));
      if (!(norm > 0)) {
        throw new AssertionError(
            ("the norm of the gradient of %s is %s: the loss does not depend on it. Is"
                    + " the parameter requested but not used, or does an op on the path have no"
                    + " gradient?")
                .formatted(paths.get(i), norm));
      }
      double worst = 0;
      for (int trial = 0; trial < 3; trial++) {
        float[] direction = uniform(random, gradient.length, 1);
        double slope = dot(gradient, direction);
        double length = Math.sqrt(dot(direction, direction));
        double scale = norm * length / Math.sqrt(gradient.length);
        Along along = new Along(model, loss, paths.get(i), values.get(paths.get(i)), direction);
        worst = Math.max(worst, along.difference(slope, tolerance * scale) / scale);
      }
      errors.put(paths.get(i), worst);
    }
    List<String> wrong = new ArrayList<>();
    errors.forEach(
        (path, error) -> {
          if (!(error < tolerance)) {
            wrong.add("the error of the gradient of %s is %s".formatted(path, error));
          }
        });
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          ("compared with finite differences, %s: an op on the path has a wrong"
                  + " gradient or stops it. Look for stopGradient and for ops on integers, and"
                  + " test the ops one by one")
              .formatted(String.join(", ", wrong)));
    }
    return errors;
  }

  /** The loss as a function of the distance from a parameter's value along a direction. */
  private record Along(
      ModelGraph model, Operand<TFloat32> loss, String path, float[] at, float[] direction) {

    /**
     * Returns the difference between a slope and the nearest of several finite differences, with a
     * step that suits most functions, then with larger and smaller ones. A step may be unsuitable
     * because of curvature, rounding of 32-bit floats, or a kink such as that of a maximum; another
     * step then suits. A wrong gradient differs from all.
     */
    double difference(double slope, double enough) {
      double best = Math.abs(slope - central(STEP));
      for (double step : new double[] {STEP, 3 * STEP}) {
        best = best < enough ? best : Math.min(best, Math.abs(slope - extrapolated(step)));
      }
      return best < enough ? best : Math.min(best, Math.abs(slope - central(STEP / 10)));
    }

    /** Computes Richardson's extrapolation, which eliminates the second-order error. */
    private double extrapolated(double step) {
      return (4 * central(step / 2) - central(step)) / 3;
    }

    private double central(double step) {
      double length = Math.sqrt(dot(direction, direction));
      double slope = (value(step / length) - value(-step / length)) / (2 * step) * length;
      model.assign(Map.of(path, at));
      return slope;
    }

    private double value(double step) {
      float[] moved = new float[at.length];
      for (int i = 0; i < at.length; i++) {
        moved[i] = (float) (at[i] + step * direction[i]);
      }
      model.assign(Map.of(path, moved));
      return GradientCheck.value(model, loss);
    }
  }

  /** Returns the value of a scalar. */
  public static double value(ModelGraph model, Operand<TFloat32> scalar) {
    try (Result result = model.session().runner().fetch(scalar).run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  private static float[] uniform(RandomGenerator random, int size, double limit) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
    }
    return values;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
