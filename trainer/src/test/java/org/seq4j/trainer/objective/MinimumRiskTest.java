package org.seq4j.trainer.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.graph.ParameterGradient;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.PaddedBatch;
import org.seq4j.runtime.model.batch.SequenceInput;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.SamplingSearch;
import org.seq4j.runtime.search.StepFunction;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.seq4j.trainer.training.Toy;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;

/** The expected cost on a toy whose outputs can be counted: all of up to two tokens. */
final class MinimumRiskTest {
  private static final TokenIds ONE = new TokenIds(4);
  private static final TokenIds OTHER = new TokenIds(5, 6, 7);
  private static final int PARTS = 2;

  /** All candidates of two sources, with costs of both signs. */
  private static RiskBatch everything() {
    List<SequenceData> sources = new ArrayList<>();
    List<SequenceData> targets = new ArrayList<>();
    List<Integer> groups = new ArrayList<>();
    for (int group = 0; group < 2; group++) {
      TokenIds source = group == 0 ? ONE : OTHER;
      for (int first = -1; first < Toy.VOCABULARY; first++) {
        for (int second = -1; second < (first < 0 ? 0 : Toy.VOCABULARY); second++) {
          sources.add(source);
          targets.add(
              first < 0
                  ? new TokenIds()
                  : second < 0 ? new TokenIds(first) : new TokenIds(first, second));
          groups.add(group);
        }
      }
    }
    float[] costs = new float[groups.size()];
    Random random = new Random(3);
    for (int i = 0; i < costs.length; i++) {
      costs[i] = (float) random.nextGaussian();
    }
    return new RiskBatch(
        PaddedBatch.of(sources),
        PaddedBatch.of(targets),
        groups.stream().mapToInt(group -> group).toArray(),
        costs);
  }

  /** The formula in plain Java, over scores that the model gives in its use. */
  private static double risk(TokenPredictor model, RiskBatch batch, double sharpness) {
    double[] scores =
        model.score(Sources.of(batch.source().sequences()), batch.target().sequences());
    double risk = 0;
    for (int group = 0; group < batch.sources(); group++) {
      double whole = 0;
      double cost = 0;
      for (int i = 0; i < scores.length; i++) {
        if (batch.groups()[i] == group) {
          whole += Math.exp(sharpness * scores[i]);
          cost += Math.exp(sharpness * scores[i]) * batch.costs()[i];
        }
      }
      risk += cost / whole;
    }
    return risk / batch.sources();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.2})
  void itsGradientIsThatOfFiniteDifferences(double sharpness) {
    RiskBatch batch = everything();
    try (ModelGraph graph = new ModelGraph(5, PARTS)) {
      Seq2SeqModel model = Toy.model(Toy.MODEL, Toy.REGISTRY);
      var scope = graph.scope(true);
      SequenceInput source = SequenceInput.of(scope.tf(), model.source(), false);
      SequenceInput target = SequenceInput.of(scope.tf(), model.target(), false);
      RiskInput risk =
          RiskInput.of(
              scope,
              model,
              objectives("{metric: ser, sharpness: " + sharpness + "}").sampled().orElseThrow(),
              source.batch(),
              target.batch(),
              PARTS);
      List<ParameterGradient> gradients = graph.gradients(risk.loss().mean(scope.tf()));
      TokenPredictor inference = TokenPredictor.of(model, graph);
      graph.initialize();
      sharpen(graph);
      try (var ofSource = source.feed(batch.source());
          var ofTarget = target.feed(batch.target());
          var ofCosts = risk.feed(batch)) {
        var runner = ofCosts.to(ofTarget.to(ofSource.to(graph.session().runner())));
        runner.fetch(risk.loss().mean(scope.tf()));
        for (ParameterGradient gradient : gradients) {
          runner.fetch(
              gradient.dense(scope.tf(), graph.parameters().shapes().get(gradient.path())));
        }
        try (Result result = runner.run()) {
          assertThat((double) ((TFloat32) result.get(0)).getFloat())
              .isCloseTo(risk(inference, batch, sharpness), within(1e-5));
          for (int i = 0; i < gradients.size(); i++) {
            TFloat32 tensor = (TFloat32) result.get(i + 1);
            float[] values = new float[(int) tensor.shape().size()];
            tensor.asRawTensor().data().asFloats().read(values);
            check(graph, inference, batch, sharpness, gradients.get(i).path(), values);
          }
        }
      }
    }
  }

  /** Weights of both signs, large enough for probabilities that differ. */
  private static void sharpen(ModelGraph graph) {
    Random random = new Random(8);
    Map<String, float[]> values = new HashMap<>();
    for (String path : graph.parameters().paths()) {
      float[] array = graph.read().get(path);
      for (int i = 0; i < array.length; i++) {
        array[i] = (float) (0.4 * random.nextGaussian());
      }
      values.put(path, array);
    }
    graph.assign(values);
  }

  /**
   * Along the gradient of each parameter the slope is its norm: it is less for any other vector
   * that is not the gradient. By four points beside.
   */
  private static void check(
      ModelGraph graph,
      TokenPredictor inference,
      RiskBatch batch,
      double sharpness,
      String path,
      float[] gradient) {
    double norm = 0;
    for (float value : gradient) {
      norm += value * (double) value;
    }
    double expected = Math.sqrt(norm);
    float[] direction = new float[gradient.length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = (float) (gradient[i] / expected);
    }
    float[] values = graph.read().get(path);
    double step = 3e-3;
    double[] risks = new double[5];
    for (int i = -2; i <= 2; i++) {
      risks[i + 2] = moved(graph, inference, batch, sharpness, path, values, direction, i * step);
    }
    graph.assign(Map.of(path, values));
    double slope = (8 * (risks[3] - risks[1]) - (risks[4] - risks[0])) / (12 * step);
    assertThat(slope).as(path).isCloseTo(expected, within(1e-3 + 0.01 * expected));
  }

  private static double moved(
      ModelGraph graph,
      TokenPredictor inference,
      RiskBatch batch,
      double sharpness,
      String path,
      float[] values,
      float[] direction,
      double step) {
    float[] moved = values.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (step * direction[i]);
    }
    graph.assign(Map.of(path, moved));
    return risk(inference, batch, sharpness);
  }

  /** Targets of up to one token are sampled as often as their probabilities predict. */
  @Test
  void whatIsDrawnFollowsTheProbabilities() {
    int count = 4000;
    try (TrainingGraph graph = Toy.graph("optimizer: adam")) {
      List<List<Hypothesis>> drawn;
      try (StepFunction steps =
          ((TokenPredictor) graph.predictor()).start(Sources.of(OTHER, ONE), count, false)) {
        drawn =
            new SamplingSearch(count, 11)
                .search(steps, new int[] {1, 1}, Vocabulary.BEGIN, Vocabulary.END);
      }
      for (int source = 0; source < 2; source++) {
        double[] hits = new double[Toy.VOCABULARY];
        int ended = 0;
        for (Hypothesis hypothesis : drawn.get(source)) {
          if (hypothesis.tokens().isEmpty()) {
            ended++;
          } else {
            hits[hypothesis.tokens().get(0)]++;
          }
        }
        hits[Vocabulary.END] = ended;
        float[] logs = firstLogs(graph, source == 0 ? OTHER : ONE);
        double whole = 0;
        for (float log : logs) {
          whole += Math.exp(log);
        }
        double distance = 0; // chi-square, of 6 degrees of freedom
        for (int token = 0; token < Toy.VOCABULARY; token++) {
          double expected = count * Math.exp(logs[token]) / whole;
          if (expected == 0) {
            assertThat(hits[token]).isZero();
          } else {
            distance += (hits[token] - expected) * (hits[token] - expected) / expected;
          }
        }
        assertThat(distance).isLessThan(22.5); // exceeded once in a thousand
      }
      assertThat(drawn.get(0)).isNotEqualTo(drawn.get(1));
    }
  }

  private static float[] firstLogs(TrainingGraph graph, TokenIds source) {
    float[] logs = new float[Toy.VOCABULARY];
    try (StepFunction steps =
        ((TokenPredictor) graph.predictor()).start(Sources.of(source), 1, false)) {
      int[] only = {0};
      StepFunction.Candidates next =
          steps.step(only, only, new int[] {Vocabulary.BEGIN}, Toy.VOCABULARY);
      for (int i = 0; i < Toy.VOCABULARY; i++) {
        logs[next.tokens()[0][i]] = next.logProbabilities()[0][i];
      }
    }
    return logs;
  }

  @Test
  void oneThreadComputesWhatTwoDo() {
    assertThat(firstCost(1)).isCloseTo(firstCost(2), within(1e-6));
  }

  private static double firstCost(int threads) {
    try (TrainingGraph graph =
        graph(
            String.format(
                    Locale.ROOT,
                    "{threads: %d, optimizer: adam, objectives: {type: minimum-risk, metric: ser,",
                    threads)
                + " candidates: 4}}")) {
      return graph.step(1, Toy.batch(Toy.pair(new int[] {4, 5}, 6, 7))).loss();
    }
  }

  private static Objectives objectives(String keys) {
    TrainingConfig config =
        Toy.training("objectives: " + keys.replace("{metric", "{type: minimum-risk, metric"));
    return Objectives.of(config.objectives(), Toy.CONTEXT);
  }

  /** To be closed. */
  private static TrainingGraph graph(String training) {
    TrainingConfig config = Toy.training(training);
    Objectives objectives = Objectives.of(config.objectives(), Toy.CONTEXT);
    return TrainingGraph.build(
        Toy.model(Toy.MODEL, Toy.REGISTRY),
        config.optimizer().create(Toy.CONTEXT),
        config,
        objectives,
        3,
        Optional.of(objectives.sampled().orElseThrow().sampler(Toy.letters(), 3)),
        List.of());
  }

  @Test
  void theExpectedCostFalls() {
    EncodedPair first = Toy.pair(new int[] {4, 5}, 6, 7);
    EncodedPair second = Toy.pair(new int[] {8, 5, 6}, 4);
    Batch batch = Toy.batch(first, second);
    try (TrainingGraph graph =
        graph(
            "{threads: 2, optimizer: adam, learning_rate: 0.02, objectives:"
                + " {type: minimum-risk, metric: ser, candidates: 8, sharpness: 1}}")) {
      double[] costs = new double[120];
      for (int step = 1; step <= costs.length; step++) {
        costs[step - 1] = graph.step(step, batch).loss();
      }
      double before = Arrays.stream(costs, 0, 10).average().orElseThrow();
      double after = Arrays.stream(costs, 110, 120).average().orElseThrow();
      assertThat(before).isGreaterThan(0.4);
      assertThat(after).isLessThan(before / 3);
    }
  }
}
