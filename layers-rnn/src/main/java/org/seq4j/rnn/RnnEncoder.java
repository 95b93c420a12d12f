package org.seq4j.rnn;

import java.util.List;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Recurrence;
import org.seq4j.core.graph.Recurrence.Direction;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Recurrent layers over the source, in one direction or in both. */
final class RnnEncoder implements Encoder {
  private final RnnEncoderConfig config;
  private final Layer layer;

  RnnEncoder(RnnEncoderConfig config, Cell cell) {
    this.config = config;
    this.layer = new Layer(cell, config.units());
  }

  @Override
  public Encoded encode(Scope scope, Sequence source) {
    Ops tf = scope.tf();
    Operand<TFloat32> x = source.values(); // [B, S, E]
    NamedTensors finalState = NamedTensors.EMPTY;
    for (int n = 0; n < config.layers(); n++) {
      Scope at = Layer.scope(scope, n);
      // Before the loop rather than in it, where the products would no longer be of its own inputs.
      Sequence input = new Sequence(at.dropout(x, config.dropout()), source.lengths());
      Run run = config.bidirectional() ? both(at, input) : one(at, input, Direction.FORWARD);
      x = config.residual() && n > 0 ? tf.math.add(run.outputs(), x) : run.outputs();
      finalState = finalState.with(Layer.name(n), run.finalState());
    }
    return new Encoded(new Sequence(x, source.lengths()), finalState, 1);
  }

  /** A layer's outputs {@code [B, S, D]} and the states after its last steps {@code [B, D]}. */
  private record Run(Operand<TFloat32> outputs, NamedTensors finalState) {}

  private Run one(Scope scope, Sequence input, Direction direction) {
    Scope at = scope.child(direction == Direction.FORWARD ? "forward" : "backward");
    Recurrence.Scanned scanned =
        layer.run(
            at,
            NamedTensors.of(Layer.INPUT, input.values()),
            input.lengths(),
            layer.zeroState(at, input.lengths()),
            direction);
    return new Run(scanned.outputs().floats(Layer.OUTPUT), scanned.finalState());
  }

  private Run both(Scope scope, Sequence input) {
    Ops tf = scope.tf();
    Run forward = one(scope, input, Direction.FORWARD);
    Run backward = one(scope, input, Direction.BACKWARD);
    NamedTensors finalState = NamedTensors.EMPTY;
    for (String name : layer.stateNames()) {
      List<Operand<TFloat32>> ends =
          List.of(forward.finalState().floats(name), backward.finalState().floats(name));
      finalState = finalState.with(name, tf.concat(ends, tf.constant(1))); // [B, 2U]
    }
    return new Run(
        tf.concat(List.of(forward.outputs(), backward.outputs()), tf.constant(2)), // [B, S, 2U]
        finalState);
  }
}
