package org.seq4j.testkit;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.DecoderOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A decoder whose state grows: one layer of self-attention over all inputs so far, whose keys and
 * values it keeps, beside the mean of the memory.
 *
 * @param units of keys, values and output
 */
record SelfAttentionDecoder(long units) implements Decoder {
  private static final String CONTEXT = "context";
  private static final String KEYS = "keys";
  private static final String VALUES = "values";

  @Override
  public NamedTensors prepare(Scope scope, Memory memory) {
    return NamedTensors.of(
        CONTEXT, CausalConvolutionDecoder.mean(scope.tf(), memory.sequence())); // [B, D]
  }

  /** No inputs yet: {@code [B, 0, U]} each. */
  @Override
  public NamedTensors initialState(Scope scope, NamedTensors prepared) {
    Ops tf = scope.tf();
    Operand<TFloat32> none = Shapes.growing(tf, prepared.floats(CONTEXT), -1, units);
    return NamedTensors.of(KEYS, none).with(VALUES, none);
  }

  @Override
  public Step step(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> input,
      Operand<TInt32> position,
      NamedTensors state) {
    Ops tf = scope.tf();
    Operand<TFloat32> one = tf.expandDims(input, tf.constant(1)); // [B·K, 1, E]
    Operand<TFloat32> keys = after(tf, state.floats(KEYS), key(scope, one));
    Operand<TFloat32> values = after(tf, state.floats(VALUES), value(scope, one));
    Operand<TFloat32> found =
        mean(tf, tf.nn.softmax(scores(scope, query(scope, one), keys)), values);
    Operand<TFloat32> flat = tf.squeeze(found, Squeeze.axis(List.of(1L))); // [B·K, U]
    Operand<TFloat32> context = Shapes.repeat(tf, prepared.floats(CONTEXT), input);
    return new Step(
        layer(scope, List.of(input, flat, context)),
        NamedTensors.of(KEYS, keys).with(VALUES, values),
        Optional.empty(),
        NamedTensors.EMPTY);
  }

  private static Operand<TFloat32> after(Ops tf, Operand<TFloat32> before, Operand<TFloat32> one) {
    return tf.concat(List.of(before, one), tf.constant(1)); // [B·K, t + 1, U]
  }

  /** All steps at once, each looking at those up to itself. */
  @Override
  public DecoderOutput decode(Scope scope, Memory memory, Sequence inputs) {
    Ops tf = scope.tf();
    Operand<TFloat32> x = Masks.zeroPadding(tf, inputs.values(), inputs.lengths()); // [B, T, E]
    Operand<TInt32> steps = Shapes.size(tf, x, 1);
    Operand<TInt32> positions = tf.range(tf.constant(0), steps, tf.constant(1)); // [T]
    Operand<TBool> past =
        tf.math.lessEqual(
            tf.expandDims(positions, tf.constant(0)), tf.expandDims(positions, tf.constant(1)));
    Operand<TFloat32> scores = scores(scope, query(scope, x), key(scope, x)); // [B, T, T]
    Operand<TFloat32> weights = tf.nn.softmax(tf.select(past, scores, tf.constant(-1e9f)));
    Operand<TFloat32> context =
        CausalConvolutionDecoder.alongTime(
            tf, CausalConvolutionDecoder.mean(tf, memory.sequence()), steps);
    Operand<TFloat32> outputs =
        layer(scope, List.of(x, mean(tf, weights, value(scope, x)), context));
    return new DecoderOutput(
        Masks.zeroPadding(tf, outputs, inputs.lengths()), Optional.empty(), NamedTensors.EMPTY);
  }

  private Operand<TFloat32> query(Scope scope, Operand<TFloat32> x) {
    return scope.linear("query", units, false, x);
  }

  private Operand<TFloat32> key(Scope scope, Operand<TFloat32> x) {
    return scope.linear("key", units, false, x);
  }

  private Operand<TFloat32> value(Scope scope, Operand<TFloat32> x) {
    return scope.linear("value", units, false, x);
  }

  private static Operand<TFloat32> scores(
      Scope scope, Operand<TFloat32> queries, Operand<TFloat32> keys) {
    return scope.tf().train.batchMatMul(queries, keys, TFloat32.class, BatchMatMul.adjY(true));
  }

  private static Operand<TFloat32> mean(
      Ops tf, Operand<TFloat32> weights, Operand<TFloat32> values) {
    return tf.train.batchMatMul(weights, values, TFloat32.class);
  }

  private Operand<TFloat32> layer(Scope scope, List<Operand<TFloat32>> all) {
    return scope.tf().math.tanh(scope.linear("layer", units, true, all));
  }
}
