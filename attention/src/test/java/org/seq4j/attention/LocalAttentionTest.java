package org.seq4j.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seq4j.core.layers.Normalizer;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatefulAttention;
import org.seq4j.testkit.AttentionContract;
import org.seq4j.testkit.GraphFixture;

/** Against Luong et al. 2015, section 3.2. */
class LocalAttentionTest {
  private static final int WINDOW = 1;

  private static double general(Map<String, float[]> parameters, double[] query, double[] key) {
    return PaperAttention.dot(
        query,
        PaperAttention.product(key, parameters.get("model.key.kernel"), PaperAttention.DEPTH));
  }

  /** The softmax over the keys up to a distance, and zero elsewhere. */
  private static double[] within(
      Map<String, float[]> parameters, double[] query, double[][] keys, double middle) {
    double[] weights = new double[keys.length];
    double sum = 0;
    for (int s = 0; s < keys.length; s++) {
      if (Math.abs(s - middle) <= WINDOW) {
        weights[s] = Math.exp(general(parameters, query, keys[s]));
        sum += weights[s];
      }
    }
    for (int s = 0; s < keys.length && sum > 0; s++) {
      weights[s] /= sum;
    }
    return weights;
  }

  @Nested
  class Monotonic extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return new LocalMAttention(new LocalConfig(LuongScore.GENERAL, WINDOW, Normalizer.SOFTMAX));
    }

    @Test
    void equalsThePaper() {
      PaperAttention.check(
          attention(),
          false,
          (parameters, query, keys, before) ->
              within(parameters, query, keys, Math.min(before.size(), keys.length - 1)));
    }

    @Test
    void theWindowMovesAsSlowlyAsTheSourceWasShortened() {
      try (GraphFixture trial = new GraphFixture(false)) {
        Memory whole = trial.memory(3, Map.of(), 8);
        Memory memory = new Memory(whole.sequence(), whole.finalState(), 2);
        var query = trial.sample("query", 1, 1, 3);
        var attention = StatefulAttention.of(attention());
        var prepared = attention.prepare(trial.scope(), memory, 3);
        var attended =
            attention
                .attend(
                    trial.scope(),
                    prepared,
                    query,
                    trial.tf().constant(9), // of stride 2: position 4
                    attention.initialState(trial.scope(), prepared))
                .output();
        trial.randomise();
        float[] weights = trial.values(attended.weights());
        for (int s = 0; s < 8; s++) {
          assertThat(weights[s] > 0).as("position " + s).isEqualTo(s >= 3 && s <= 5);
        }
      }
    }
  }

  @Nested
  class MonotonicAndSparse extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return new LocalMAttention(new LocalConfig(LuongScore.CONCAT, WINDOW, Normalizer.SPARSEMAX));
    }
  }

  @Nested
  class Predictive extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return new LocalPAttention(new LocalConfig(LuongScore.GENERAL, WINDOW, Normalizer.SOFTMAX));
    }

    @Override
    protected WeightSum weightSum() {
      return WeightSum.AT_MOST_ONE; // eq. 10 does not normalize again
    }

    @Test
    void equalsThePaper() {
      int n = PaperAttention.DEPTH;
      PaperAttention.check(
          attention(),
          false,
          (parameters, query, keys, before) -> {
            double[] layer =
                PaperAttention.product(query, parameters.get("model.position.kernel"), n);
            double share = 0;
            for (int i = 0; i < n; i++) {
              share += parameters.get("model.share.kernel")[i] * Math.tanh(layer[i]);
            }
            double middle = keys.length * PaperAttention.sigmoid(share);
            double[] weights = within(parameters, query, keys, middle);
            double deviation = WINDOW / 2.0;
            for (int s = 0; s < keys.length; s++) {
              weights[s] *= Math.exp(-(s - middle) * (s - middle) / (2 * deviation * deviation));
            }
            return weights;
          });
    }
  }
}
