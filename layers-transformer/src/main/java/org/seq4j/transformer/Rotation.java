package org.seq4j.transformer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Rotates pairs of numbers, so that the product of a query and a key depends on the distance of
 * their positions only (Su et al. 2021, section 3.2.2). Number i of a head forms a pair with number
 * {@code i + d/2}.
 *
 * @param cosines of the angles, twice, {@code [T, d]}
 * @param sines of the angles, the first half negated, {@code [T, d]}
 */
record Rotation(Operand<TFloat32> cosines, Operand<TFloat32> sines) {

  /**
   * Creates a rotation.
   *
   * @param angles {@code [T, d/2]}
   */
  static Rotation of(Ops tf, Operand<TFloat32> angles) {
    Operand<TFloat32> cosines = tf.math.cos(angles);
    Operand<TFloat32> sines = tf.math.sin(angles);
    return new Rotation(
        tf.concat(List.of(cosines, cosines), tf.constant(1)),
        tf.concat(List.of(tf.math.neg(sines), sines), tf.constant(1)));
  }

  /**
   * Rotates the vectors of all positions.
   *
   * @param x {@code [B, H, T, d]}
   */
  Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
    List<Output<TFloat32>> halves = tf.split(tf.constant(3), x, 2L).output();
    Operand<TFloat32> swapped = tf.concat(List.of(halves.get(1), halves.get(0)), tf.constant(3));
    return tf.math.add(tf.math.mul(x, cosines), tf.math.mul(swapped, sines));
  }
}
