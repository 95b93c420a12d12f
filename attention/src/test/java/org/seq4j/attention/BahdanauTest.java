package org.seq4j.attention;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.AttentionContract;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.ComponentContext;

class BahdanauTest extends AttentionContract {

  @Override
  protected AttentionMechanism attention() {
    return new BahdanauFactory()
        .create(new BahdanauConfig(Optional.of(5)), new ComponentContext(Path.of(".")));
  }

  /** Bahdanau et al. 2015, appendix A.1.2: a(s, h) = v · tanh(W s + U h). */
  @Test
  void equalsThePaper() {
    PaperAttention.check(
        attention(),
        (parameters, query, key) -> {
          double[] w = PaperAttention.product(query, parameters.get("model.query.kernel"), 5);
          double[] u = PaperAttention.product(key, parameters.get("model.key.kernel"), 5);
          float[] v = parameters.get("model.v");
          double score = 0;
          for (int i = 0; i < 5; i++) {
            score += v[i] * Math.tanh(w[i] + u[i]);
          }
          return score;
        });
  }
}
