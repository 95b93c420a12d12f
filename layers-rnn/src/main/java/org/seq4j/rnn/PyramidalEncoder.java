package org.seq4j.rnn;

import java.util.List;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Rows;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Recurrent layers with fewer steps from layer to layer (Chan et al. 2016, section 3.1, eq. 5). A
 * last group that is not full is filled up with zeros.
 */
final class PyramidalEncoder implements Encoder {
  private final PyramidalEncoderConfig config;
  private final SourceLayer layer;

  PyramidalEncoder(PyramidalEncoderConfig config, Cell cell) {
    this.config = config;
    this.layer =
        new SourceLayer(
            new Layer(cell, config.units(), config.recurrentDropout()),
            config.bidirectional(),
            config.merge());
  }

  @Override
  public Memory encode(Scope scope, Sequence source) {
    Sequence x = source;
    NamedTensors finalState = NamedTensors.EMPTY;
    int stride = 1;
    for (int n = 0; n < config.layers(); n++) {
      Scope at = Layer.scope(scope, n);
      Sequence below = n == 0 ? x : shortened(at.tf(), x);
      stride = n == 0 ? stride : stride * config.factor();
      SourceLayer.Run run =
          layer.run(
              at, new Sequence(at.dropout(below.values(), config.dropout()), below.lengths()));
      x = new Sequence(run.outputs(), below.lengths());
      finalState = finalState.with(Layer.name(n), run.finalState());
    }
    return new Memory(x, finalState, stride);
  }

  /** {@code [B, T, D]}, zero beyond each length, to {@code [B, ceil(T / f), f·D]}. */
  private Sequence shortened(Ops tf, Sequence x) {
    Operand<TInt32> factor = tf.constant(config.factor());
    Operand<TInt32> groups = groups(tf, Rows.size(tf, x.values(), 1));
    Operand<TInt32> missing =
        tf.math.sub(tf.math.mul(groups, factor), Rows.size(tf, x.values(), 1));
    Operand<TInt32> none = tf.constant(new int[] {0, 0});
    Operand<TInt32> behind = tf.stack(List.of(tf.constant(0), missing));
    Operand<TFloat32> padded =
        tf.pad(x.values(), tf.stack(List.of(none, behind, none)), tf.constant(0f));
    Operand<TFloat32> values =
        tf.reshape(
            padded,
            tf.stack(
                List.of(
                    Rows.size(tf, padded, 0),
                    groups,
                    tf.constant((int) (config.factor() * x.depth())))));
    return new Sequence(values, groups(tf, x.lengths()));
  }

  private Operand<TInt32> groups(Ops tf, Operand<TInt32> sizes) {
    return tf.math.floorDiv(
        tf.math.add(sizes, tf.constant(config.factor() - 1)), tf.constant(config.factor()));
  }
}
