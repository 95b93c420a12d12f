package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.Loop.Direction;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.testkit.EncoderContract;
import org.seq4j.testkit.GraphFixture;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class PyramidalEncoderTest {

  private static Encoder encoder(int layers, int factor, boolean bidirectional, Merge merge) {
    return new PyramidalEncoder(
        new PyramidalEncoder.Config(Recurrent.GRU, 4, layers, factor, bidirectional, merge, 0, 0),
        Recurrent.CONTEXT);
  }

  @Nested
  class ByHalves extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return PyramidalEncoderTest.encoder(2, 2, true, Merge.CONCAT);
    }
  }

  @Nested
  class ByThirds extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return PyramidalEncoderTest.encoder(2, 3, true, Merge.SUM);
    }
  }

  /** Chan et al. 2016, eq. 5: a step reads two outputs of the layer below side by side. */
  @Test
  void aStepReadsSeveralOutputsOfTheLayerBelow() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence source = trial.sequence("source", 3, 5, 2);
      Memory encoded = encoder(2, 2, false, Merge.CONCAT).encode(trial.scope(), source);
      Layer layer = new Layer(Recurrent.GRU.create(Recurrent.CONTEXT), 4, 0);
      List<Operand<TFloat32>> below = outputs(trial, layer, 0, source).subList(0, 5);
      List<Operand<TFloat32>> pairs = new ArrayList<>();
      var zeros = trial.tf().zerosLike(below.get(0));
      for (int t = 0; t < 6; t += 2) {
        pairs.add(
            trial
                .tf()
                .concat(
                    List.of(below.get(t), t + 1 < 5 ? below.get(t + 1) : zeros),
                    trial.tf().constant(1)));
      }
      Sequence shorter =
          new Sequence(trial.alongTime(pairs), trial.tf().constant(new int[] {3, 1}));
      List<Operand<TFloat32>> expected = outputs(trial, layer, 1, shorter).subList(0, 3);
      trial.randomise();
      assertThat(encoded.stride()).isEqualTo(2);
      trial.checkEqual(
          "outputs", List.of(encoded.sequence().values()), List.of(trial.alongTime(expected)));
    }
  }

  private static List<Operand<TFloat32>> outputs(
      GraphFixture trial, Layer layer, int n, Sequence input) {
    var at = Layer.scope(trial.scope(), n).child("forward");
    var scanned =
        layer.run(
            at,
            NamedTensors.of("input", input.values()),
            input.lengths(),
            layer.zeroState(at, input.lengths()),
            Optional.empty(),
            Direction.FORWARD);
    List<Operand<TFloat32>> steps = new ArrayList<>();
    for (int t = 0; t < 5; t++) {
      steps.add(trial.at(scanned.outputs().floats(Layer.OUTPUT), Math.min(t, n == 0 ? 4 : 2)));
    }
    return steps;
  }
}
