package org.seq4j.attention;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seq4j.core.layers.Normalizer;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.testkit.AttentionContract;

/** Against Bahdanau et al. 2015, appendix A.1.2: a(s, h) = v · tanh(W s + U h). */
class BahdanauAttentionTest {
  private static final int UNITS = 5;

  private static AttentionMechanism bahdanau(boolean normed, Normalizer normalizer) {
    return new BahdanauAttention(
        new BahdanauAttention.Config(Optional.of(UNITS), normed, normalizer));
  }

  @Nested
  class Plain extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return bahdanau(false, Normalizer.SOFTMAX);
    }

    @Test
    void equalsThePaper() {
      PaperAttention.check(
          attention(), (p, query, key) -> PaperAttention.additive(p, query, key, UNITS));
    }
  }

  @Nested
  class Normed extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return bahdanau(true, Normalizer.SOFTMAX);
    }

    @Test
    void equalsThePaper() {
      PaperAttention.check(
          attention(), (p, query, key) -> PaperAttention.normed(p, query, key, UNITS));
    }
  }

  @Nested
  class Sparse extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return bahdanau(false, Normalizer.SPARSEMAX);
    }

    /** Martins and Astudillo 2016, eq. 2: the nearest point of the simplex, found by bisection. */
    @Test
    void equalsTheProjection() {
      PaperAttention.Score plain = (p, query, key) -> PaperAttention.additive(p, query, key, UNITS);
      PaperAttention.check(
          attention(), false, (p, query, keys, before) -> projection(plain.scores(p, query, keys)));
    }
  }

  private static double[] projection(double[] scores) {
    double low = -100;
    double high = 100;
    double[] weights = new double[scores.length];
    for (int i = 0; i < 200; i++) {
      double middle = (low + high) / 2;
      double sum = 0;
      for (int s = 0; s < scores.length; s++) {
        weights[s] = Math.max(0, scores[s] - middle);
        sum += weights[s];
      }
      if (sum > 1) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return weights;
  }
}
