package org.seq4j.attention;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seq4j.core.layers.Normalizer;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.testkit.AttentionContract;

/** Against See et al. 2017, section 2.3, and Tu et al. 2016, section 3.1. */
class CoverageAttentionTest {
  private static final int UNITS = 5;

  private static CoverageAttention coverage(float lossWeight, int fertility) {
    return new CoverageAttention(
        new CoverageAttention.Config(
            Optional.of(UNITS), lossWeight, fertility, Normalizer.SOFTMAX));
  }

  @Nested
  class WithItsLoss extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return coverage(0.7f, 0);
    }
  }

  @Nested
  class WithFertility extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return coverage(0, 2);
    }
  }

  /** e_j = v · tanh(W q + U k_j + w c_j + b). */
  private static double[] weights(
      Map<String, float[]> parameters, double[] query, double[][] keys, double[] covered) {
    double[] scores = new double[keys.length];
    for (int j = 0; j < keys.length; j++) {
      double[] more = new double[UNITS];
      for (int i = 0; i < UNITS; i++) {
        more[i] =
            covered[j] * parameters.get("model.coverage.kernel")[i]
                + parameters.get("model.coverage.bias")[i];
      }
      scores[j] = PaperAttention.additive(parameters, query, keys[j], UNITS, more);
    }
    return PaperAttention.softmax(scores);
  }

  private static double[] sum(List<double[]> before, int size) {
    double[] sum = new double[size];
    for (double[] weights : before) {
      for (int j = 0; j < size; j++) {
        sum[j] += weights[j];
      }
    }
    return sum;
  }

  /** See et al. 2017, eq. 10 to 12. */
  @Test
  void equalsSee() {
    PaperAttention.check(
        coverage(0.7f, 0),
        false,
        (p, query, keys, before) -> weights(p, query, keys, sum(before, keys.length)),
        Map.of(
            "coverage",
            (weights, before) -> {
              double[] covered = sum(before, weights.length);
              double loss = 0;
              for (int j = 0; j < weights.length; j++) {
                loss += Math.min(weights[j], covered[j]);
              }
              return 0.7 * loss;
            }));
  }

  /** Tu et al. 2016, eq. 8 and 9: what is counted is a / (N sigmoid(u · k)). */
  @Test
  void equalsTu() {
    PaperAttention.check(
        coverage(0, 2),
        false,
        (p, query, keys, before) -> {
          double[] covered = sum(before, keys.length);
          for (int j = 0; j < keys.length; j++) {
            double product = PaperAttention.product(keys[j], p.get("model.fertility.kernel"), 1)[0];
            covered[j] /= 2 * PaperAttention.sigmoid(product);
          }
          return weights(p, query, keys, covered);
        });
  }
}
