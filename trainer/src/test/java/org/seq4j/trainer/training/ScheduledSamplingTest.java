package org.seq4j.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.search.StepFunction;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.seq4j.trainer.training.config.ScheduledSamplingConfig;
import org.seq4j.trainer.training.graph.StepSettings;
import org.seq4j.trainer.training.graph.TrainingGraph;

/** What a model reads in training, against stepping over the same target from outside. */
final class ScheduledSamplingTest {
  private static final EncodedPair SHORT = Toy.pair(new int[] {4}, 5, 6);
  private static final EncodedPair LONG = Toy.pair(new int[] {5, 6, 7, 8, 4}, 7, 8, 4, 5);
  private static final EncodedPair OTHER = Toy.pair(new int[] {8, 8}, 8, 8, 8);
  private static final String STILL = "optimizer: adam, learning_rate: 0";

  private static StepSettings truth(double share) {
    return new StepSettings(1, share, 1);
  }

  /** A model whose probabilities are far from equal. */
  private static TrainingGraph graph(String training) {
    Map<String, SafeTensors.Array> trained;
    try (TrainingGraph graph = Toy.graph("optimizer: adam, learning_rate: 0.02")) {
      for (int step = 1; step <= 3; step++) { // too few to get them right
        graph.step(step, Toy.batch(SHORT, LONG, OTHER));
      }
      trained = graph.read();
    }
    TrainingGraph graph = Toy.graph(training);
    graph.assign(trained);
    return graph;
  }

  @ParameterizedTest
  @CsvSource({"best", "sample"})
  void withTheTruthAloneItIsTeacherForcing(String choice) {
    Batch batch = Toy.batch(SHORT, LONG);
    try (TrainingGraph forced = graph(STILL);
        TrainingGraph sampling = graph(STILL + ", scheduled_sampling: {choice: " + choice + "}")) {
      TrainingGraph.Step expected = forced.step(1, batch);
      TrainingGraph.Step made = sampling.step(1, batch, truth(1));
      assertThat(made.loss()).isEqualTo(expected.loss());
      assertThat(made.gradientNorm()).isCloseTo(expected.gradientNorm(), within(1e-6));
    }
  }

  @Test
  void withoutTheTruthTheModelReadsItsOwnBestTokens() {
    try (TrainingGraph graph = graph(STILL + ", scheduled_sampling: {choice: best}")) {
      for (EncodedPair pair : List.of(SHORT, LONG)) {
        double expected = 0;
        int[] labels = labels(pair);
        try (StepFunction steps =
            ((TokenPredictor) graph.predictor()).start(Sources.of(pair.source()), 1, false)) {
          int read = Vocabulary.BEGIN;
          for (int label : labels) {
            float[][] logs = new float[1][];
            int[] best = step(steps, read, logs);
            expected -= logs[0][label];
            read = best[0];
          }
        }
        double loss = graph.step(1, Toy.batch(pair), truth(0)).loss();
        assertThat(loss).isCloseTo(expected / labels.length, within(1e-5));
        assertThat(graph.step(1, Toy.batch(pair), truth(1)).loss())
            .as("the model errs, or nothing would show")
            .isNotCloseTo(loss, within(1e-3));
      }
    }
  }

  /** The loss of many draws is on average what all tokens by their probabilities give. */
  @Test
  void withoutTheTruthTheModelReadsWhatItDraws() {
    EncodedPair pair = Toy.pair(new int[] {5, 6}, 7);
    try (TrainingGraph graph = graph(STILL + ", scheduled_sampling: {choice: sample}")) {
      double first;
      double mean = 0;
      double square = 0;
      float[] logs = logs(graph, pair, List.of(Vocabulary.BEGIN));
      first = -logs[7];
      double whole = 0; // what is never said has no part in it
      for (float log : logs) {
        whole += Math.exp(log);
      }
      for (int token = 0; token < Toy.VOCABULARY; token++) {
        double end = -logs(graph, pair, List.of(Vocabulary.BEGIN, token))[Vocabulary.END];
        mean += Math.exp(logs[token]) / whole * end;
        square += Math.exp(logs[token]) / whole * end * end;
      }
      Batch batch = Toy.batch(Collections.nCopies(64, pair).toArray(EncodedPair[]::new));
      int steps = 50;
      double sum = 0;
      for (int step = 1; step <= steps; step++) {
        sum += 2 * graph.step(step, batch, truth(0)).loss() - first;
      }
      double deviation = Math.sqrt((square - mean * mean) / (64 * steps));
      assertThat(deviation).isPositive();
      assertThat(sum / steps).isCloseTo(mean, within(4 * deviation));
    }
  }

  /** Half of the time the one, half of the time the other. */
  @Test
  void theShareOfTheTruthIsAsAskedFor() {
    EncodedPair pair = Toy.pair(new int[] {5, 6}, 4);
    try (TrainingGraph graph = graph(STILL + ", scheduled_sampling: {choice: best}")) {
      Batch batch = Toy.batch(Collections.nCopies(64, pair).toArray(EncodedPair[]::new));
      double own = graph.step(1, batch, truth(0)).loss();
      double given = graph.step(1, batch, truth(1)).loss();
      double sum = 0;
      for (int step = 1; step <= 50; step++) {
        sum += graph.step(step, batch, truth(0.25)).loss();
      }
      double share = (sum / 50 - own) / (given - own);
      assertThat(share).isCloseTo(0.25, within(4 * Math.sqrt(0.25 * 0.75 / (64 * 50))));
    }
  }

  private static int[] labels(EncodedPair pair) {
    int[] ids = ((TokenIds) pair.target()).ids();
    int[] labels = Arrays.copyOf(ids, ids.length + 1);
    labels[ids.length] = Vocabulary.END;
    return labels;
  }

  private static float[] logs(TrainingGraph graph, EncodedPair pair, List<Integer> read) {
    float[][] logs = new float[1][];
    try (StepFunction steps =
        ((TokenPredictor) graph.predictor()).start(Sources.of(pair.source()), 1, false)) {
      read.forEach(token -> step(steps, token, logs));
    }
    return logs[0];
  }

  /** Reads a token: the next ones, best first, and the log-probability of each id. */
  private static int[] step(StepFunction steps, int read, float[][] logs) {
    StepFunction.Candidates next =
        steps.step(new int[] {0}, new int[] {0}, new int[] {read}, Toy.VOCABULARY);
    logs[0] = new float[Toy.VOCABULARY];
    for (int i = 0; i < Toy.VOCABULARY; i++) {
      logs[0][next.tokens()[0][i]] = next.logProbabilities()[0][i];
    }
    return next.tokens()[0];
  }

  @ParameterizedTest
  @CsvSource({
    "constant, 1, 0.3",
    "linear, 1, 1",
    "linear, 51, 0.5",
    "linear, 201, 0.3",
    "exponential, 101, 0.36788",
    "inverse-sigmoid, 1, 0.990099",
    "inverse-sigmoid, 462, 0.498",
    "inverse-sigmoid, 9999, 0.3"
  })
  void theShareFallsAsInThePaper(String decay, long step, double share) {
    ScheduledSamplingConfig config =
        Toy.training("scheduled_sampling: {decay: %s, steps: 100, min: 0.3}".formatted(decay))
            .scheduledSampling()
            .orElseThrow();
    assertThat(config.truth(step)).isCloseTo(share, within(1e-3));
  }
}
