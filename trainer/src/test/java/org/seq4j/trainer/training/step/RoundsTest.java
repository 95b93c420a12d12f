package org.seq4j.trainer.training.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.data.batch.BatchPosition;
import org.seq4j.trainer.data.batch.BatchStream;
import org.seq4j.trainer.data.batch.Batching;
import org.seq4j.trainer.data.batch.DevData;
import org.seq4j.trainer.data.batch.EncodedExamples;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.seq4j.trainer.data.batch.PairEncoder;
import org.seq4j.trainer.data.batch.Shards;
import org.seq4j.trainer.data.batch.TrainPairs;
import org.seq4j.trainer.data.batch.TrainingData;
import org.seq4j.trainer.data.split.StableRandom;
import org.seq4j.trainer.training.Toy;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.seq4j.trainer.training.graph.OuterUpdate;
import org.seq4j.trainer.training.graph.StepSettings;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.graph.TrainingVariables;
import org.seq4j.trainer.training.state.TrainingException;
import org.seq4j.trainer.training.state.TrainingState;

/** Rounds against the same steps made by hand. */
final class RoundsTest {
  private static final String ADAM = "optimizer: adam, batch: {size: 2}, moving_average: 0.9";
  private static final String DROPOUT =
      """
      embedding: {source: 8, target: 8}
      encoder: {type: rnn, cell: gru, units: 16, dropout: 0.5}
      decoder: {type: rnn, cell: lstm, units: 16, attention: luong}
      """;
  private static final EncodedExamples PAIRS = pairs(20);

  private static EncodedExamples pairs(int count) {
    List<EncodedPair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pairs.add(Toy.pair(new int[] {4 + i % 3, 4 + i / 4}, 4 + i % 5, 5));
    }
    return EncodedExamples.all(pairs);
  }

  @Test
  void aRoundIsTheMeanOfWhatEachWorkerWouldLearnAlone() {
    List<TrainPairs> shards = Shards.of(TrainPairs.inMemory(PAIRS), 2);
    Map<String, SafeTensors.Array> first = alone(shards.get(0), 0, 3);
    Map<String, SafeTensors.Array> second = alone(shards.get(1), 1, 3);
    Training rounds = new Training(ADAM + ", workers: 2, local_steps: 3", shards);
    try (rounds) {
      TrainingState after = rounds.advance(1);
      assertThat(after.step()).isEqualTo(3);
      rounds
          .variables
          .read()
          .forEach(
              (path, array) -> {
                float[] a = first.get(path).values();
                float[] b = second.get(path).values();
                float[] mean = new float[a.length];
                for (int i = 0; i < mean.length; i++) {
                  mean[i] = (float) (((double) a[i] + b[i]) / 2);
                }
                assertThat(array.values()).as(path).isEqualTo(mean);
              });
    }
  }

  /** The variables after steps of a worker on its own. */
  private static Map<String, SafeTensors.Array> alone(TrainPairs pairs, int worker, int steps) {
    TrainingConfig config = Toy.training("{" + ADAM + "}");
    long seed = worker == 0 ? 1 : new StableRandom(1, worker).nextLong();
    try (TrainingGraph graph = Toy.graph(Toy.model(DROPOUT, Toy.REGISTRY), ADAM);
        BatchStream batches =
            new BatchStream(new Batching(config.batch()), pairs, BatchPosition.start(seed))) {
      for (int step = 1; step <= steps; step++) {
        graph.step(step, batches.next().batch(), StepSettings.PLAIN.forWorker(worker));
      }
      return graph.read();
    }
  }

  @Test
  void roundsOfOneWorkerWithoutMomentumAreItsStepsInARow() {
    TrainPairs pairs = TrainPairs.inMemory(PAIRS);
    Map<String, SafeTensors.Array> expected = alone(pairs, 0, 6);
    String config = ADAM + ", local_steps: 2, outer: {rate: 1, momentum: 0}";
    try (Training rounds = new Training(config, List.of(pairs))) {
      assertThat(rounds.advance(3).step()).isEqualTo(6);
      rounds.checkNear(expected);
    }
  }

  /**
   * The mean of plain steps is the step of the mean gradient, if all batches have as many tokens.
   */
  @Test
  void oneStepOfEachWorkerIsThatOfMicroBatches() {
    String sgd = "optimizer: sgd, learning_rate: 0.5, clip_norm: 0, batch: {size: 10}";
    List<EncodedPair> pairs = PAIRS.pairs();
    List<TrainPairs> shards =
        Stream.of(pairs.subList(0, 10), pairs.subList(10, 20))
            .map(it -> TrainPairs.inMemory(EncodedExamples.all(it)))
            .toList();
    try (TrainingGraph together =
            Toy.graph(Toy.model(Toy.MODEL, Toy.REGISTRY), sgd + ", micro_batches: 2");
        Training apart =
            new Training(
                Toy.MODEL, sgd + ", workers: 2, local_steps: 1", shards, TrainingState.start(1))) {
      Batch all = Toy.batch(pairs.toArray(EncodedPair[]::new));
      for (int step = 1; step <= 3; step++) {
        together.step(step, all);
        apart.advance(1);
      }
      apart.checkNear(together.read());
    }
  }

  @Test
  void eachWorkerHasItsOwnDropout() {
    try (TrainingGraph graph = Toy.graph(Toy.model(DROPOUT, Toy.REGISTRY), "learning_rate: 0")) {
      var batch = Toy.batch(Toy.pair(new int[] {4, 5, 6}, 5, 6));
      double first = graph.step(1, batch, StepSettings.PLAIN).loss();
      assertThat(graph.step(1, batch, StepSettings.PLAIN.forWorker(0)).loss()).isEqualTo(first);
      assertThat(graph.step(1, batch, StepSettings.PLAIN.forWorker(1)).loss()).isNotEqualTo(first);
    }
  }

  @Test
  void anInterruptedTrainingResumesToTheSameBits() {
    String config = ADAM + ", workers: 3, local_steps: 2, outer: {rate: 0.7, momentum: 0.9}";
    List<TrainPairs> shards = Shards.of(TrainPairs.inMemory(PAIRS), 3);
    Map<String, SafeTensors.Array> saved;
    TrainingState at;
    Map<String, SafeTensors.Array> uninterrupted;
    try (Training all = new Training(config, shards)) {
      at = all.advance(3);
      saved = all.variables.read();
      all.advance(2);
      uninterrupted = all.variables.read();
    }
    assertThat(saved.keySet()).anyMatch(path -> path.startsWith("outer."));
    TrainingState restored = TrainingState.of(at.toTexts());
    try (Training rest = new Training(config, shards, restored)) {
      rest.variables.assign(saved);
      rest.advance(2);
      Map<String, SafeTensors.Array> resumed = rest.variables.read();
      assertThat(resumed.keySet()).isEqualTo(uninterrupted.keySet());
      resumed.forEach(
          (path, array) ->
              assertThat(array.values()).as(path).isEqualTo(uninterrupted.get(path).values()));
    }
  }

  @Test
  void aRoundEndsWithTheFirstWorkersEpoch() {
    List<TrainPairs> shards = Shards.of(TrainPairs.inMemory(PAIRS), 2);
    int inEpoch = (shards.get(0).all().orElseThrow().pairs().size() + 1) / 2;
    try (Training rounds = new Training(ADAM + ", workers: 2, local_steps: 100", shards)) {
      TrainingState after = rounds.advance(1);
      assertThat(after.step()).isEqualTo(inEpoch);
      assertThat(after.epochs()).isEqualTo(1);
      assertThat(after.batch()).isZero();
      assertThat(after.unlogged().steps()).isEqualTo(2L * inEpoch);
    }
  }

  @Test
  void aStopWithinARoundLeavesTheWeightsOfItsBeginning() {
    String config = ADAM + ", workers: 2, local_steps: 2";
    try (Training rounds = new Training(config, Shards.of(TrainPairs.inMemory(PAIRS), 2))) {
      Map<String, SafeTensors.Array> before = rounds.variables.read();
      rounds.stopAfterQuestions = 3;
      assertThat(rounds.stepper.advance(rounds.state)).isEmpty();
      rounds
          .variables
          .read()
          .forEach(
              (path, array) ->
                  assertThat(array.values()).as(path).isEqualTo(before.get(path).values()));
    }
  }

  @Test
  void anotherNumberOfWorkersCannotResume() {
    TrainingState oneWorker = Toy.state(5, 0, 5);
    assertThatThrownBy(
            () ->
                new Training(
                        ADAM + ", workers: 2", Shards.of(TrainPairs.inMemory(PAIRS), 2), oneWorker)
                    .close())
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "training.workers: the checkpoint is of a training with workers: 1, but the config has 2. Set the same number");
  }

  /** A graph whose steps are made in rounds. */
  private static final class Training implements AutoCloseable {
    private final TrainingVariables variables;
    private final Stepper stepper;
    private TrainingState state;
    private int questions;
    private int stopAfterQuestions = Integer.MAX_VALUE;

    Training(String config, List<TrainPairs> shards) {
      this(config, shards, TrainingState.start(1));
    }

    Training(String config, List<TrainPairs> shards, TrainingState from) {
      this(DROPOUT, config, shards, from);
    }

    Training(String model, String yaml, List<TrainPairs> shards, TrainingState from) {
      TrainingConfig config = Toy.training("{" + yaml + "}");
      TrainingGraph graph = Toy.graph(Toy.model(model, Toy.REGISTRY), yaml);
      variables = new TrainingVariables(graph, new OuterUpdate(config.outer(), graph));
      state = from;
      boolean started = false;
      try {
        stepper =
            new Steppers(
                    config,
                    variables,
                    data(),
                    shards,
                    null, // writes nothing unless a step diverges
                    new StepSchedule(
                        progress -> 1, OptionalLong.empty(), Optional.empty(), 1, Map.of()),
                    at -> config.roundSteps())
                .start(
                    from,
                    new Stepper.Session(() -> Duration.ZERO, this::isStopping),
                    LocalWorkers::new);
        started = true;
      } finally {
        if (!started) {
          graph.close();
        }
      }
    }

    void checkNear(Map<String, SafeTensors.Array> expected) {
      variables
          .graph()
          .read()
          .forEach(
              (path, array) ->
                  assertThat(array.values())
                      .as(path)
                      .containsExactly(expected.get(path).values(), within(1e-6f)));
    }

    private boolean isStopping() {
      questions++;
      return questions > stopAfterQuestions;
    }

    private static TrainingData data() {
      return new TrainingData(
          Toy.letters(),
          Toy.letters(),
          TrainPairs.inMemory(PAIRS),
          false,
          DevData.of(List.of(), new PairEncoder(Toy.letters(), Toy.letters(), false)),
          Map.of(),
          List.of());
    }

    TrainingState advance(int rounds) {
      for (int round = 0; round < rounds; round++) {
        state = stepper.advance(state).orElseThrow().state();
      }
      return state;
    }

    @Override
    public void close() {
      stepper.close();
      variables.graph().close();
    }
  }
}
