package org.seq4j.rnn;

import java.util.List;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.Loop.Direction;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A layer of an encoder.
 *
 * @param bidirectional whether it also reads the source backward
 */
record SourceLayer(Layer layer, boolean bidirectional, Merge merge) {

  /**
   * Outputs of a layer, {@code [B, S, D]}, 0 beyond each length, and the states after its last
   * steps, {@code [B, D]} each.
   */
  record Run(Operand<TFloat32> outputs, NamedTensors finalState) {}

  Run run(Scope scope, Sequence input) {
    Run forward = run(scope, input, Direction.FORWARD);
    if (!bidirectional) {
      return forward;
    }
    Run backward = run(scope, input, Direction.BACKWARD);
    NamedTensors finalState = NamedTensors.EMPTY;
    for (String name : layer.stateNames()) {
      finalState =
          finalState.with(
              name,
              merged(
                  scope.tf(),
                  forward.finalState().floats(name),
                  backward.finalState().floats(name),
                  1));
    }
    return new Run(merged(scope.tf(), forward.outputs(), backward.outputs(), 2), finalState);
  }

  private Run run(Scope scope, Sequence input, Direction direction) {
    Scope at = scope.child(direction == Direction.FORWARD ? "forward" : "backward");
    Loop.ScanOutput scanned =
        layer.run(
            at,
            NamedTensors.of(Layer.INPUT, input.values()),
            input.lengths(),
            layer.zeroState(at, input.lengths()),
            layer.recurrentMask(at, input.lengths()),
            direction);
    return new Run(scanned.outputs().floats(Layer.OUTPUT), scanned.finalState());
  }

  private Operand<TFloat32> merged(
      Ops tf, Operand<TFloat32> forward, Operand<TFloat32> backward, int axis) {
    return switch (merge) {
      case CONCAT -> tf.concat(List.of(forward, backward), tf.constant(axis));
      case SUM -> tf.math.add(forward, backward);
    };
  }
}
