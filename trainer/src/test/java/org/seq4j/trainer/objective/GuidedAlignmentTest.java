package org.seq4j.trainer.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.data.Alignment;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.SequenceInput;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.seq4j.trainer.training.Toy;
import org.seq4j.trainer.training.graph.StepSettings;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;

/** The loss of attention that looks elsewhere than the alignments say. */
class GuidedAlignmentTest {
  private static final double WEIGHT = 0.7;
  private static final String PLAIN = "clip_norm: 0, optimizer: sgd, learning_rate: 1";
  private static final String GUIDED =
      PLAIN + ", objectives: [cross-entropy, {type: guided-alignment, weight: " + WEIGHT + "}]";
  private static final String PYRAMIDAL =
      """
      embedding: {source: 8, target: 8}
      encoder: {type: pyramidal, cell: gru, units: 16, layers: 2}
      decoder: {type: rnn, cell: lstm, units: 16, attention: luong}
      """;

  private static final Random RANDOM = new Random(8);

  /** A target position with two links, some with one, some without; a pair without links. */
  private static Batch batch() {
    return Toy.batch(
        pair("0-0 2-0 1-2", new int[] {4, 5, 6}, 7, 4, 5),
        pair("3-1 0-1 1-0", new int[] {5, 4, 8, 7}, 6, 8),
        Toy.pair(new int[] {8, 6}, 4));
  }

  private static EncodedPair pair(String links, int[] source, int... target) {
    return new EncodedPair(
        new TokenIds(source), new TokenIds(target), Optional.of(Alignment.parse(links)));
  }

  private static TrainingGraph graph(String model, String training) {
    return Toy.graph(Toy.model(model, Toy.REGISTRY), training);
  }

  private static double loss(TrainingGraph graph) {
    StepSettings still = StepSettings.ofRate(0);
    return graph.step(1, batch(), still).loss();
  }

  /** Weights of both signs, large enough for attention that differs. */
  private static Map<String, SafeTensors.Array> sharp(TrainingGraph graph) {
    Map<String, SafeTensors.Array> weights = graph.read();
    for (SafeTensors.Array array : weights.values()) {
      for (int i = 0; i < array.values().length; i++) {
        array.values()[i] = (float) (0.4 * RANDOM.nextGaussian());
      }
    }
    return weights;
  }

  @ParameterizedTest
  @ValueSource(strings = {Toy.MODEL, PYRAMIDAL})
  void itIsTheCrossEntropyOfTheAttention(String config) {
    Batch batch = batch();
    Seq2SeqModel model = Toy.model(config, Toy.REGISTRY);
    try (TrainingGraph plain = Toy.graph(model, PLAIN);
        TrainingGraph guided = Toy.graph(model, GUIDED);
        ModelGraph forward = new ModelGraph(1, 1)) {
      Map<String, SafeTensors.Array> weights = sharp(plain);
      plain.assign(weights);
      guided.assign(weights);
      var scope = forward.scope(false);
      SequenceInput source = SequenceInput.of(scope.tf(), model.source(), false);
      SequenceInput target = SequenceInput.of(scope.tf(), model.target(), false);
      ForcedPass scored = model.score(scope, source.batch(), target.batch());
      weights.forEach((path, array) -> forward.assign(Map.of(path, array.values())));
      double expected = 0;
      int stride = scored.memory().stride();
      try (var ofSource = source.feed(batch.source());
          var ofTarget = target.feed(batch.target());
          Result result =
              ofTarget
                  .to(ofSource.to(forward.session().runner()))
                  .fetch(scored.decoded().weights().orElseThrow())
                  .run()) {
        TFloat32 attention = (TFloat32) result.get(0);
        for (int row = 0; row < 3; row++) {
          for (Alignment.Link link : links(batch, row)) {
            long sharing =
                links(batch, row).stream().filter(it -> it.target() == link.target()).count();
            expected -=
                Math.log(attention.getFloat(row, link.target(), link.source() / stride)) / sharing;
          }
        }
      }
      int tokens = 9; // with ends
      assertThat(loss(guided) - loss(plain)).isCloseTo(WEIGHT * expected / tokens, within(1e-5));
      assertThat(expected).isGreaterThan(1);
    }
  }

  private static List<Alignment.Link> links(Batch batch, int row) {
    return batch.alignments().get(row).map(Alignment::links).orElse(List.of());
  }

  @Test
  void itsGradientIsThatOfFiniteDifferences() {
    try (TrainingGraph graph = graph(Toy.MODEL, GUIDED)) {
      Map<String, SafeTensors.Array> weights = sharp(graph);
      graph.assign(weights);
      graph.step(1, batch());
      Map<String, SafeTensors.Array> after = graph.read();
      for (String path : graph.parameters()) {
        float[] values = weights.get(path).values();
        float[] direction = new float[values.length];
        double expected = 0;
        for (int i = 0; i < values.length; i++) {
          direction[i] = (float) RANDOM.nextGaussian();
          expected += direction[i] * (double) (values[i] - after.get(path).values()[i]);
        }
        double step = 2e-3;
        double up = lossAt(graph, weights, path, direction, step);
        double down = lossAt(graph, weights, path, direction, -step);
        assertThat((up - down) / (2 * step))
            .as(path)
            .isCloseTo(expected, within(2e-3 + 0.01 * Math.abs(expected)));
      }
    }
  }

  private static double lossAt(
      TrainingGraph graph,
      Map<String, SafeTensors.Array> weights,
      String path,
      float[] direction,
      double step) {
    graph.assign(weights);
    SafeTensors.Array array = weights.get(path);
    float[] moved = array.values().clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (step * direction[i]);
    }
    graph.assign(Map.of(path, new SafeTensors.Array(array.shape(), moved)));
    return loss(graph);
  }

  @ParameterizedTest
  @ValueSource(strings = {"threads: 2", "threads: 5", "micro_batches: 2", "micro_batches: 3"})
  void partsOfABatchGiveTheStepOfTheWhole(String parts) {
    try (TrainingGraph whole = graph(Toy.MODEL, GUIDED);
        TrainingGraph divided = graph(Toy.MODEL, GUIDED + ", " + parts)) {
      Map<String, SafeTensors.Array> weights = sharp(whole);
      whole.assign(weights);
      divided.assign(weights);
      assertThat(divided.step(1, batch()).loss())
          .isCloseTo(whole.step(1, batch()).loss(), within(1e-5));
      Map<String, SafeTensors.Array> after = divided.read();
      whole
          .read()
          .forEach(
              (path, array) ->
                  assertThat(after.get(path).values())
                      .as(path)
                      .containsExactly(array.values(), within(2e-5f)));
    }
  }

  @Test
  void aDecoderWithoutAttentionCannotBeGuided() {
    String model = Toy.MODEL.replace("attention: luong", "attention: none");
    assertThatThrownBy(() -> graph(model, GUIDED).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("training.objectives: guided-alignment: needs a decoder with attention");
  }
}
