package org.seq4j.attention;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seq4j.core.layers.Normalizer;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.testkit.AttentionContract;

/** Against Chorowski et al. 2015, section 2.2. */
class LocationAwareAttentionTest {
  private static final int UNITS = 5;
  private static final int FILTERS = 2;
  private static final int WIDTH = 3;

  private static LocationAwareAttention locationAware(Normalizer normalizer) {
    return new LocationAwareAttention(
        new LocationAwareAttention.Config(Optional.of(UNITS), FILTERS, WIDTH, 1.5f, normalizer));
  }

  @Nested
  class Smooth extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return locationAware(Normalizer.SOFTMAX);
    }
  }

  @Nested
  class Sparse extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return locationAware(Normalizer.SPARSEMAX);
    }
  }

  /** Eq. 8 and 9: e_j = v · tanh(W q + V k_j + U f_j), f = F * a'. */
  @Test
  void equalsThePaper() {
    PaperAttention.check(
        locationAware(Normalizer.SOFTMAX),
        false,
        (parameters, query, keys, before) -> {
          double[] last = before.isEmpty() ? equal(keys.length) : before.get(before.size() - 1);
          double[] scores = new double[keys.length];
          for (int j = 0; j < keys.length; j++) {
            double[] more =
                PaperAttention.product(
                    features(parameters, last, j), parameters.get("model.location.kernel"), UNITS);
            scores[j] = 1.5 * PaperAttention.additive(parameters, query, keys[j], UNITS, more);
          }
          return PaperAttention.softmax(scores);
        });
  }

  private static double[] equal(int size) {
    double[] weights = new double[size];
    Arrays.fill(weights, 1.0 / size);
    return weights;
  }

  private static double[] features(Map<String, float[]> parameters, double[] last, int j) {
    double[] features = new double[FILTERS];
    for (int offset = 0; offset < WIDTH; offset++) {
      int s = j + offset - WIDTH / 2;
      for (int filter = 0; filter < FILTERS; filter++) {
        if (s >= 0 && s < last.length) {
          features[filter] +=
              last[s] * parameters.get("model.filters.kernel")[offset * FILTERS + filter];
        }
      }
    }
    return features;
  }

  @Test
  void refusesAFilterWithoutAMiddle() {
    assertThatThrownBy(
            () -> new LocationAwareAttention.Config(Optional.empty(), 10, 4, 1, Normalizer.SOFTMAX))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width: expected an odd number, so that a filter has a middle, got 4");
  }
}
