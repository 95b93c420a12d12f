package org.seq4j.runtime.graph.scan;

import java.util.List;
import java.util.Locale;
import org.seq4j.core.graph.Initializer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** The build context of the body of a scan in either pass; the passes differ in their products. */
final class ScanContext implements BuildContext {

  /** Computes a product of the body. */
  @FunctionalInterface
  interface Products {
    Operand<TFloat32> at(Ops tf, int product, List<Operand<TFloat32>> inputs);
  }

  private final WhileLoop.Variables variables;
  private final Operand<TInt32> time;
  private final boolean training;
  private final Precision precision;
  private final RandomKeys keys;
  private final Products products;
  private final ScanTrace trace;
  private int next;

  ScanContext(Scan scan, WhileLoop.Variables variables, Operand<TInt32> time, Products products) {
    this.variables = variables;
    this.time = time;
    this.training = scan.scope.training();
    this.precision = scan.precision();
    this.keys = new RandomKeys(scan.randomKey);
    this.products = products;
    this.trace = scan.trace;
  }

  @Override
  public boolean training() {
    return training;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public Operand<TFloat32> parameter(Ops tf, String path, Shape shape, Initializer initializer) {
    ScanTrace.Parameter known = trace.parameters().get(path);
    if (known == null) {
      throw different("the parameters " + trace.parameters().keySet(), "the parameter " + path);
    }
    if (!known.shape().equals(shape)) {
      throw different(
          "the parameter " + path + " of shape " + known.shape(), "it of shape " + shape);
    }
    return variables.floats(Scan.parameter(path));
  }

  @Override
  public Operand<TFloat32> linear(Ops tf, Linear linear, List<Operand<TFloat32>> inputs) {
    List<Product> known = trace.products();
    if (next == known.size()) {
      throw different(count(next), "one more, " + words(linear));
    }
    Linear first = known.get(next).linear();
    if (!words(first).equals(words(linear))) {
      throw different(words(first), words(linear));
    }
    return products.at(tf, next++, inputs);
  }

  /**
   * Checks after the step that it has requested all products.
   *
   * @throws IllegalArgumentException if it has requested fewer
   */
  void end() {
    List<Product> known = trace.products();
    if (next < known.size()) {
      throw different(words(known.get(next).linear()), "only " + count(next));
    }
  }

  private static String count(int products) {
    return products + " linear map" + (products == 1 ? "" : "s");
  }

  private static String words(Linear linear) {
    return String.format(
        Locale.ROOT,
        "the linear map %s of %s to %d%s",
        linear.path(),
        linear.depths(),
        linear.units(),
        linear.biasInitializer().isPresent() ? "" : " without bias");
  }

  private static IllegalArgumentException different(String first, String now) {
    return new IllegalArgumentException(
        "the step requested "
            + first
            + " on its first trace and for "
            + now
            + " now; a body must request the same parameters each time");
  }

  @Override
  @SuppressWarnings("unchecked") // added by Scan
  public Operand<TInt64> randomPosition(Ops tf) {
    if (!trace.random()) {
      throw different("no random numbers", "some");
    }
    Operand<TInt64> outside = (Operand<TInt64>) variables.get(Scan.RANDOM);
    Operand<TInt64> step = tf.dtypes.cast(time, TInt64.class);
    // space for 2^20 steps per loop; overflow in nested loops still gives different values
    return tf.math.add(
        tf.math.mul(outside, tf.constant(1L << 20)), tf.math.add(step, tf.constant(1L)));
  }

  @Override
  public long randomKey(String path) {
    return keys.next(path);
  }
}
