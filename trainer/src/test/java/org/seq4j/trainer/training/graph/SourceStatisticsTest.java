package org.seq4j.trainer.training.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.TokenIds;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.SequenceSpace;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.seq4j.trainer.training.Toy;
import org.tensorflow.ndarray.Shape;

/** Parameters that are statistics of the training data. */
@Timeout(120)
class SourceStatisticsTest {
  private static final int DEPTH = 3;
  private static final String MEAN = "encoder.mean";
  private static final String SCALE = "encoder.scale";

  /** Normalizes its source, which it reads as it is. */
  private static final class Normalizing implements Encoder {
    @Override
    public Memory encode(Scope scope, Sequence source) {
      Shape shape = Shape.of(DEPTH);
      return new Memory(
          new Sequence(
              scope
                  .tf()
                  .math
                  .mul(
                      scope
                          .tf()
                          .math
                          .sub(
                              source.values(),
                              scope.parameter(Encoder.MEAN, shape, Initializer.ZEROS)),
                      scope.parameter(Encoder.SCALE, shape, Initializer.constant(1))),
              source.lengths()),
          NamedTensors.EMPTY,
          1);
    }

    @Override
    public Optional<Sequence> counted(Scope scope, Sequence source) {
      return Optional.of(source);
    }
  }

  private static TrainingGraph graph() {
    String decoder =
        "{encoder: {type: rnn, units: 4}, decoder: {type: rnn, cell: gru, units: 4, attention: luong, bridge: zero}}";
    ConfigReader reader = new ConfigReader(Toy.REGISTRY);
    ModelConfig config =
        reader.bind(reader.parse(Path.of("toy.yaml"), decoder, List.of()), ModelConfig.class);
    return Toy.graph(
        new Seq2SeqModel(
            new ModelConfig(
                config.embedding(),
                Component.of(Encoder.class, "counting", new NoKeys(), keys -> new Normalizing()),
                config.decoder(),
                Optional.empty()),
            SequenceSpace.ofVectors(DEPTH),
            SequenceSpace.ofTokens(Toy.VOCABULARY),
            Toy.CONTEXT),
        "optimizer: adam, learning_rate: 0.1, weight_decay: 0.1, moving_average: 0.9");
  }

  /** Pairs whose dimensions have the means 5, -2 and 0, and the deviations 0.1, 3 and 0. */
  private static List<EncodedPair> pairs(int count) {
    Random random = new Random(1);
    List<EncodedPair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] values = new float[DEPTH * (1 + random.nextInt(9))];
      for (int t = 0; t < values.length; t += DEPTH) {
        values[t] = (float) (5 + 0.1 * random.nextGaussian());
        values[t + 1] = (float) (-2 + 3 * random.nextGaussian());
      }
      pairs.add(
          new EncodedPair(new FeatureSequence(DEPTH, values), new TokenIds(new int[] {4, 5})));
    }
    return pairs;
  }

  private static double[] values(List<EncodedPair> pairs, int dimension) {
    return pairs.stream()
        .map(pair -> (FeatureSequence) pair.source())
        .flatMapToDouble(
            source ->
                IntStream.range(0, source.length())
                    .mapToDouble(t -> source.values()[t * DEPTH + dimension]))
        .toArray();
  }

  @Test
  void theyAreCountedOverAllPositionsAndNotTrained() {
    List<EncodedPair> pairs = pairs(40); // several batches of different lengths
    try (TrainingGraph graph = graph()) {
      assertThat(graph.countsSources()).isTrue();
      graph.countSources(List.of(pairs.subList(0, 23), pairs.subList(23, 40)).iterator());
      Map<String, SafeTensors.Array> counted = graph.read();
      for (int dimension = 0; dimension < DEPTH; dimension++) {
        double[] all = values(pairs, dimension);
        double mean = Arrays.stream(all).average().orElseThrow();
        double variance =
            Arrays.stream(all).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
        assertThat((double) counted.get(MEAN).values()[dimension]).isCloseTo(mean, within(1e-5));
        assertThat((double) counted.get(SCALE).values()[dimension])
            .isCloseTo(1 / Math.sqrt(variance + 1e-5), within(1e-3));
      }
      for (int step = 1; step <= 3; step++) {
        graph.step(step, Toy.batch(pairs.toArray(EncodedPair[]::new)));
      }
      for (String path : List.of(MEAN, SCALE)) {
        assertThat(graph.read().get(path).values()).isEqualTo(counted.get(path).values());
        assertThat(graph.readForUse().get(path).values()).isEqualTo(counted.get(path).values());
      }
    }
  }

  @Test
  void otherEncodersHaveNone() {
    try (TrainingGraph graph = Toy.graph("optimizer: adam")) {
      assertThat(graph.countsSources()).isFalse();
    }
  }
}
