package org.seq4j.runtime.graph.scan;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.graph.Initializer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A linear map of several concatenated inputs: a kernel {@code [D_i, U]} for each, and a bias
 * {@code [U]}.
 */
public record Linear(
    String path,
    long units,
    List<Long> depths,
    Initializer kernelInitializer,
    Optional<Initializer> biasInitializer) {

  /** Returns the kernel of one input. */
  Operand<TFloat32> kernel(BuildContext frame, Ops tf, int input) {
    String name = depths.size() == 1 ? ".kernel" : ".kernel." + input;
    Initializer asOneBlock =
        (shape, random) -> {
          // Initialized as one block of rows, so that the fan-in is the total size of the inputs.
          float[] all =
              kernelInitializer.values(
                  Shape.of(depths.stream().mapToLong(d -> d).sum(), units), random);
          long from = depths.subList(0, input).stream().mapToLong(d -> d).sum() * units;
          float[] values = new float[Math.toIntExact(shape.size())];
          System.arraycopy(all, (int) from, values, 0, values.length);
          return values;
        };
    return frame.parameter(tf, path + name, Shape.of(depths.get(input), units), asOneBlock);
  }

  /** Returns the concatenated kernels of some inputs, {@code [sum of D_i, U]}. */
  public Operand<TFloat32> kernels(BuildContext frame, Ops tf, List<Integer> inputs) {
    List<Operand<TFloat32>> kernels = inputs.stream().map(i -> kernel(frame, tf, i)).toList();
    return kernels.size() == 1 ? kernels.get(0) : tf.concat(kernels, tf.constant(0));
  }

  /** Returns the bias, if there is one. */
  Optional<Operand<TFloat32>> bias(BuildContext frame, Ops tf) {
    return biasInitializer.map(
        initializer -> frame.parameter(tf, path + ".bias", Shape.of(units), initializer));
  }

  /** Computes the whole map, {@code [N, D_i]} to {@code [N, U]}. */
  public Operand<TFloat32> apply(BuildContext frame, Ops tf, List<Operand<TFloat32>> inputs) {
    List<Operand<TFloat32>> products =
        IntStream.range(0, inputs.size())
            .mapToObj(i -> product(frame, tf, i, inputs.get(i)))
            .toList();
    return withBias(frame, tf, products.size() == 1 ? products.get(0) : tf.math.addN(products));
  }

  /** Computes the product of one input, {@code [N, D_i]}, and its kernel. */
  Operand<TFloat32> product(BuildContext frame, Ops tf, int input, Operand<TFloat32> x) {
    Precision precision = frame.precision();
    return precision.product(tf, x, precision.factor(tf, kernel(frame, tf, input)), false);
  }

  /** Computes one product with the factor of all {@link #kernels} in a precision. */
  public Operand<TFloat32> applyJoined(
      BuildContext frame,
      Ops tf,
      List<Operand<TFloat32>> inputs,
      Precision precision,
      Operand<?> factor) {
    Operand<TFloat32> joined =
        inputs.size() == 1 ? inputs.get(0) : tf.concat(inputs, tf.constant(1));
    return withBias(frame, tf, precision.product(tf, joined, factor, false));
  }

  private Operand<TFloat32> withBias(BuildContext frame, Ops tf, Operand<TFloat32> sum) {
    Optional<Operand<TFloat32>> bias = bias(frame, tf);
    return bias.isPresent() ? tf.nn.biasAdd(sum, bias.get()) : sum;
  }
}
