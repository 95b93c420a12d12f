package com.example.seq4j;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatefulAttention;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The window of Graves 2013, "Generating sequences with recurrent neural networks", eq. 46 to 51: a
 * mixture of Gaussians over the source positions, whose centers only move forward. The state is
 * where they are. The weights are not normalized and may exceed 1.
 */
public final class WindowAttention implements StatefulAttention {
  private static final String CENTERS = "centers";

  /** The keys of the attention {@code window}. */
  public record Config(
      @Key(doc = "The number of Gaussians, K.", defaultValue = "3", min = 1, max = 100)
          int components,
      @Key(
              doc = "The initial number of source positions that a center moves forward per query.",
              defaultValue = "1",
              min = 0.001,
              max = 100)
          float step) {}

  private final Config config;

  /** Creates the mechanism. */
  public WindowAttention(Config config) {
    this.config = config;
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    return AttentionMemory.of(scope.tf(), memory).tensors(); // no keys: positions alone count
  }

  /** Returns the centers before the first query, {@code [B, K]}: a row for each source. */
  @Override
  public NamedTensors initialState(Scope scope, NamedTensors prepared) {
    return NamedTensors.of(
        CENTERS,
        Shapes.zeros(scope.tf(), AttentionMemory.of(prepared).values(), config.components()));
  }

  @Override
  public Step attend(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> query, // [B, Q, D]
      Operand<TInt32> position,
      NamedTensors state) { // [B·Q, K]
    Ops tf = scope.tf();
    AttentionMemory memory = AttentionMemory.of(prepared);
    int k = config.components();
    Operand<TFloat32> heights = positive(scope, "height", 0, query); // alpha, [B, Q, K]
    Operand<TFloat32> sharpness = positive(scope, "sharpness", 0, query); // beta
    Operand<TFloat32> steps =
        positive(scope, "step", (float) Math.log(config.step()), query); // kappa - its last value
    Operand<TFloat32> before = Shapes.unflatten(tf, state.floats(CENTERS), k, query); // [B, Q, K]
    Operand<TFloat32> centers = tf.math.add(before, steps);

    Operand<TInt32> size = Shapes.size(tf, memory.values(), 1);
    Operand<TFloat32> positions = // 1 to S, [S]
        tf.dtypes.cast(
            tf.range(tf.constant(1), tf.math.add(size, tf.constant(1)), tf.constant(1)),
            TFloat32.class);
    Operand<TFloat32> distances = // [B, Q, K, S]
        tf.math.sub(tf.expandDims(centers, tf.constant(3)), positions);
    Operand<TFloat32> gaussians =
        tf.math.exp(
            tf.math.neg(
                tf.math.mul(tf.expandDims(sharpness, tf.constant(3)), tf.math.square(distances))));
    Operand<TFloat32> mixture = // [B, Q, S]
        tf.reduceSum(
            tf.math.mul(tf.expandDims(heights, tf.constant(3)), gaussians), tf.constant(2));
    Operand<TFloat32> weights = // 0 on padding
        tf.select(tf.expandDims(memory.real(), tf.constant(1)), mixture, tf.constant(0f));

    AttentionOutput output = memory.weighted(tf, weights);
    return new Step(output, NamedTensors.of(CENTERS, Shapes.flatten(tf, centers, k)));
  }

  /** The exponential of a linear map of the query, {@code [B, Q, K]}. */
  private Operand<TFloat32> positive(
      Scope scope, String name, float bias, Operand<TFloat32> query) {
    return scope
        .tf()
        .math
        .exp(
            scope.linear(
                name,
                config.components(),
                Initializer.GLOROT,
                Optional.of(Initializer.constant(bias)),
                List.of(query)));
  }
}
