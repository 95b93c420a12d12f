package org.seq4j.rnn;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Recurrent layers over the source, in one direction or in both. */
final class RnnEncoder implements Encoder {
  private final RnnEncoderConfig config;
  private final Layer layer;

  RnnEncoder(RnnEncoderConfig config, Cell cell) {
    this.config = config;
    this.layer = new Layer(cell, config.units(), config.recurrentDropout());
  }

  @Override
  public Memory encode(Scope scope, Sequence source) {
    Operand<TFloat32> x = source.values(); // [B, S, E]
    NamedTensors finalState = NamedTensors.EMPTY;
    for (int n = 0; n < config.layers(); n++) {
      Scope at = Layer.scope(scope, n);
      // Before the loop rather than in it, where the products would no longer be of its own inputs.
      Sequence input = new Sequence(at.dropout(x, config.dropout()), source.lengths());
      SourceLayer.Run run =
          new SourceLayer(layer, n < config.layersOfBothDirections(), config.merge())
              .run(at, input);
      x = config.residual() && n > 0 ? above(at, x, run.outputs()) : run.outputs();
      finalState = finalState.with(Layer.name(n), run.finalState());
    }
    Operand<TFloat32> outputs = scope.child("output").dropout(x, config.outputDropout());
    return new Memory(new Sequence(outputs, source.lengths()), finalState, 1);
  }

  /** The sum, where both are of one size. */
  private static Operand<TFloat32> above(
      Scope scope, Operand<TFloat32> input, Operand<TFloat32> output) {
    boolean equal = input.shape().get(-1) == output.shape().get(-1);
    return equal ? scope.tf().math.add(output, input) : output;
  }
}
