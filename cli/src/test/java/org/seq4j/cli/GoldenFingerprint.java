package org.seq4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.seq4j.runtime.graph.function.GraphOps;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * What bits a machine computes. TensorFlow takes other instructions on other processors, which sum
 * in another order; bits can only be compared where a few operations give the same ones.
 */
final class GoldenFingerprint {
  private static final int[][] PRODUCTS = {
    {1, 3, 5}, {4, 8, 24}, {16, 32, 64}, {33, 17, 129}, {64, 128, 256}, {128, 512, 16}
  };

  private GoldenFingerprint() {}

  /** A hash of results, and of how many processors there are: decoding has as many threads. */
  static String ofThisMachine() {
    Random random = new Random(1);
    try (Graph graph = new Graph();
        // as training with one or two threads: the first session of a process makes its threads
        Session session =
            new Session(graph, ConfigProto.newBuilder().setIntraOpParallelismThreads(1).build())) {
      Ops tf = GraphOps.of(graph);
      Session.Runner runner = session.runner();
      results(tf, random).forEach(runner::fetch);
      GoldenHash hash = new GoldenHash();
      hash.add(Integer.toString(Runtime.getRuntime().availableProcessors()));
      try (Result result = runner.run()) {
        for (int i = 0; i < result.size(); i++) {
          TFloat32 values = (TFloat32) result.get(i);
          float[] flat = new float[(int) values.size()];
          values.asRawTensor().data().asFloats().read(flat);
          for (float value : flat) {
            hash.add(value);
          }
        }
      }
      return hash.shortened();
    }
  }

  /** What a reader of the record should know of the machine. */
  static String description() {
    return String.format(
        Locale.ROOT,
        "%s, %d processors, TensorFlow %s",
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        TensorFlow.version());
  }

  private static List<Operand<TFloat32>> results(Ops tf, Random random) {
    List<Operand<TFloat32>> results = new ArrayList<>();
    for (int[] sizes : PRODUCTS) {
      Operand<TFloat32> product =
          tf.linalg.matMul(
              numbers(tf, random, sizes[0], sizes[1]), numbers(tf, random, sizes[1], sizes[2]));
      results.add(product);
      results.add(tf.math.tanh(product));
      results.add(tf.math.sigmoid(product));
      results.add(tf.math.exp(product));
      results.add(tf.nn.softmax(product));
      results.add(tf.nn.logSoftmax(product));
      results.add(tf.reduceSum(product, tf.constant(0)));
      results.add(tf.reduceSum(product, tf.constant(1)));
    }
    return results;
  }

  private static Operand<TFloat32> numbers(Ops tf, Random random, int rows, int columns) {
    float[] numbers = new float[rows * columns];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return tf.constant(Shape.of(rows, columns), DataBuffers.of(numbers));
  }
}
