package org.seq4j.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.testkit.AttentionContract;
import org.seq4j.testkit.GraphFixture;

/** Against Raffel et al. 2017. */
class MonotonicAttentionTest {
  private static final int UNITS = 5;

  private static MonotonicAttention monotonic(float noise) {
    return new MonotonicAttention(new MonotonicAttention.Config(Optional.of(UNITS), noise, 0.5f));
  }

  @Nested
  class Contract extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return monotonic(0);
    }

    @Override
    protected WeightSum weightSum() {
      return WeightSum.AT_MOST_ONE; // they may leave the source
    }
  }

  private static double score(Map<String, float[]> p, double[] query, double[] key) {
    return PaperAttention.normed(p, query, key, UNITS) + p.get("model.offset")[0];
  }

  /** Eq. 8 as it stands: a_ij = p_ij ((1 - p_i,j-1) a_i,j-1 / p_i,j-1 + a_i-1,j). */
  @Test
  void inTrainingEqualsTheExpectation() {
    PaperAttention.check(
        monotonic(0),
        true,
        (parameters, query, keys, before) -> {
          double[] weights = new double[keys.length];
          double arriving = 0;
          for (int j = 0; j < keys.length; j++) {
            double stop = PaperAttention.sigmoid(score(parameters, query, keys[j]));
            arriving += earlier(before, j);
            weights[j] = stop * arriving;
            arriving *= 1 - stop;
          }
          return weights;
        });
  }

  /** Algorithm 1. */
  @Test
  void atInferenceReadsOnToWhereItStops() {
    PaperAttention.check(
        monotonic(2),
        false,
        (parameters, query, keys, before) -> {
          double[] weights = new double[keys.length];
          int from = 0;
          while (from < keys.length && earlier(before, from) == 0) {
            from++;
          }
          for (int j = from; j < keys.length; j++) {
            if (PaperAttention.sigmoid(score(parameters, query, keys[j])) > 0.5) {
              weights[j] = 1;
              break;
            }
          }
          return weights;
        });
  }

  private static double earlier(List<double[]> before, int j) {
    return before.isEmpty() ? (j == 0 ? 1 : 0) : before.get(before.size() - 1)[j];
  }

  @Test
  void longSourcesDoNotOverflow() {
    try (GraphFixture trial = new GraphFixture(true)) {
      var memory = trial.memory(3, Map.of(), 400, 3);
      var query = trial.sample("query", 2, 1, 3);
      var prepared = monotonic(0).prepare(trial.scope(), memory, 3);
      var state = monotonic(0).initialState(trial.scope(), prepared);
      var first =
          monotonic(0).attend(trial.scope(), prepared, query, trial.tf().constant(0), state);
      var second =
          monotonic(0)
              .attend(trial.scope(), prepared, query, trial.tf().constant(1), first.state());
      trial.randomise();
      trial.checkFinite(List.of(second.output().weights(), second.output().context()));
      double sum = 0;
      for (int s = 0; s < 400; s++) {
        sum += trial.values(second.output().weights())[s];
      }
      assertThat(sum).isBetween(0.9, 1.0001);
    }
  }

  @Test
  void gradientsWithNoiseAgreeWithFiniteDifferences() {
    try (GraphFixture trial = new GraphFixture(true)) {
      var memory = trial.memory(3, Map.of(), 5, 3);
      var query = trial.sample("query", 2, 1, 3);
      var prepared = monotonic(1).prepare(trial.scope(), memory, 3);
      var state = monotonic(1).initialState(trial.scope(), prepared);
      var attended =
          monotonic(1)
              .attend(trial.scope(), prepared, query, trial.tf().constant(0), state)
              .output();
      trial.checkGradients(List.of(attended.weights(), attended.context()));
    }
  }

  @Test
  void noiseIsForTrainingOnly() {
    try (GraphFixture trial = new GraphFixture(true)) {
      var memory = trial.memory(3, Map.of(), 5);
      var query = trial.sample("query", 1, 1, 3);
      var zero = trial.tf().constant(0);
      var prepared = monotonic(1).prepare(trial.scope(), memory, 3);
      var state = monotonic(1).initialState(trial.scope(), prepared);
      var noisy = monotonic(1).attend(trial.scope(), prepared, query, zero, state);
      var quiet = monotonic(0).attend(trial.scope(), prepared, query, zero, state);
      trial.randomise();
      assertThat(trial.values(noisy.output().weights()))
          .isNotEqualTo(trial.values(quiet.output().weights()));
    }
  }
}
