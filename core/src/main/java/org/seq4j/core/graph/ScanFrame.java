package org.seq4j.core.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** The body of a scan's loop, in either pass; they differ in what a product is. */
final class ScanFrame implements Frame {

  /** Computes the next product of the body. */
  @FunctionalInterface
  interface Products {
    Operand<TFloat32> next(Ops tf, List<Operand<TFloat32>> inputs);
  }

  private final WhileLoop.Variables variables;
  private final Operand<TInt32> time;
  private final boolean training;
  private final RandomKeys keys;
  private final Products products;

  ScanFrame(Scan scan, WhileLoop.Variables variables, Operand<TInt32> time, Products products) {
    this.variables = variables;
    this.time = time;
    this.training = scan.scope.training();
    this.keys = new RandomKeys(scan.randomKey);
    this.products = products;
  }

  @Override
  public boolean training() {
    return training;
  }

  @Override
  public Operand<TFloat32> parameter(Ops tf, String path, Shape shape, Initializer initializer) {
    return variables.floats(Scan.parameter(path));
  }

  @Override
  public Operand<TFloat32> linear(Ops tf, Linear linear, List<Operand<TFloat32>> inputs) {
    return products.next(tf, inputs);
  }

  @Override
  @SuppressWarnings("unchecked") // put there by Scan
  public Operand<TInt64> randomPosition(Ops tf) {
    Operand<TInt64> outside = (Operand<TInt64>) variables.get(Scan.RANDOM);
    Operand<TInt64> step = tf.dtypes.cast(time, TInt64.class);
    // room for 2^20 steps in each loop; what overflows in nested ones still differs
    return tf.math.add(
        tf.math.mul(outside, tf.constant(1L << 20)), tf.math.add(step, tf.constant(1L)));
  }

  @Override
  public long randomKey(String path) {
    return keys.next(path);
  }
}
