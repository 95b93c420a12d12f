package org.seq4j.transformer;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A scheme by which layers know the order of positions. */
sealed interface PositionScheme {

  /**
   * Adds vectors of the positions to the input of the lowest layer.
   *
   * @param x {@code [B, T, D]}
   * @param positions {@code [T]}
   */
  default Operand<TFloat32> embed(Scope scope, Operand<TFloat32> x, Operand<TInt32> positions) {
    return x;
  }

  /** Returns the rotation of queries and keys at some positions, {@code [T]}. */
  default Optional<Rotation> rotation(Ops tf, Operand<TInt32> positions) {
    return Optional.empty();
  }

  /**
   * Returns a term of the scores of all layers, {@code [1, H, Q, S]}.
   *
   * @param queries positions of the queries, {@code [Q]}
   * @param keys positions of the keys, {@code [S]}
   */
  default Optional<Operand<TFloat32>> bias(
      Scope scope, Operand<TInt32> queries, Operand<TInt32> keys) {
    return Optional.empty();
  }

  /** Returns the vectors of distances that each layer learns. */
  default Optional<RelativePositions> relative() {
    return Optional.empty();
  }

  /** The base of the wavelengths, which grow from 2π to 10000 · 2π. */
  double BASE = 10000;

  /** Returns the frequencies of a vector of {@code 2 n} numbers, {@code [n]}. */
  static float[] frequencies(int n) {
    float[] frequencies = new float[n];
    for (int i = 0; i < n; i++) {
      frequencies[i] = (float) Math.pow(BASE, -i / (double) n);
    }
    return frequencies;
  }

  /** Returns the products of positions and {@link #frequencies}, {@code [T, n]}. */
  static Operand<TFloat32> angles(Ops tf, Operand<TInt32> positions, int n) {
    Operand<TFloat32> column =
        tf.expandDims(tf.dtypes.cast(positions, TFloat32.class), tf.constant(1)); // [T, 1]
    return tf.math.mul(column, tf.constant(frequencies(n)));
  }

  /**
   * {@code sin(p / 10000^(2i/D))} and the cosine (Vaswani et al. 2017, section 3.5). All sines come
   * before all cosines, which is the same but for the order of units.
   */
  record Sinusoidal(int units) implements PositionScheme {
    public Sinusoidal {
      if (units % 2 != 0) {
        throw new IllegalArgumentException(
            "units: expected an even number for positions: sinusoidal, got " + units);
      }
    }

    @Override
    public Operand<TFloat32> embed(Scope scope, Operand<TFloat32> x, Operand<TInt32> positions) {
      Ops tf = scope.tf();
      Operand<TFloat32> angles = angles(tf, positions, units / 2);
      return tf.math.add(
          x,
          tf.concat(List.of(tf.math.sin(angles), tf.math.cos(angles)), tf.constant(1))); // [T, D]
    }
  }

  /** A learned vector for each position; later positions use the last one. */
  record Learned(int units, int maxPositions) implements PositionScheme {
    @Override
    public Operand<TFloat32> embed(Scope scope, Operand<TFloat32> x, Operand<TInt32> positions) {
      Ops tf = scope.tf();
      Operand<TFloat32> vectors = // [T, D]
          scope.lookup(
              "position",
              Shape.of(maxPositions, units),
              Initializer.normal(Math.sqrt(0.5)), // like that of sines and cosines
              tf.math.minimum(positions, tf.constant(maxPositions - 1)));
      return tf.math.add(x, vectors);
    }
  }

  /** Rotations of pairs of numbers by angles that grow with the position (Su et al. 2021). */
  record Rotary(int headSize) implements PositionScheme {
    public Rotary {
      if (headSize % 2 != 0) {
        throw new IllegalArgumentException(
            "units: expected an even number for each head for positions: rotary, got " + headSize);
      }
    }

    @Override
    public Optional<Rotation> rotation(Ops tf, Operand<TInt32> positions) {
      return Optional.of(Rotation.of(tf, angles(tf, positions, headSize / 2)));
    }
  }

  /** Vectors of distances in each layer. */
  record Relative(RelativePositions vectors) implements PositionScheme {
    @Override
    public Optional<RelativePositions> relative() {
      return Optional.of(vectors);
    }
  }

  /** Numbers for distances, the same in all layers. */
  record Bias(DistanceBias numbers) implements PositionScheme {
    @Override
    public Optional<Operand<TFloat32>> bias(
        Scope scope, Operand<TInt32> queries, Operand<TInt32> keys) {
      return Optional.of(numbers.of(scope, queries, keys));
    }
  }
}
