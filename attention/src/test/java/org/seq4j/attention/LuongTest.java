package org.seq4j.attention;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seq4j.attention.LuongConfig.Score;
import org.seq4j.core.model.AttentionContract;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Trial;
import org.seq4j.core.plugin.ComponentContext;

/** Against Luong et al. 2015, eq. 8. */
class LuongTest {

  private static AttentionMechanism luong(Score score) {
    return new LuongFactory().create(new LuongConfig(score), new ComponentContext(Path.of(".")));
  }

  @Nested
  class Dot extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return luong(Score.DOT);
    }

    @Override
    protected long queryDepth() {
      return memoryDepth();
    }

    @Test
    void equalsThePaper() {
      PaperAttention.check(attention(), (p, query, key) -> PaperAttention.dot(query, key));
    }

    @Test
    void refusesDepthsThatDiffer() {
      try (Trial trial = new Trial(false)) {
        Memory memory = trial.memory(4, Map.of(), 2);
        assertThatThrownBy(() -> attention().prepare(trial.scope(), memory, 3))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "luong attention with score: dot needs queries as deep as the memory, but the"
                    + " decoder's are 3 deep and the encoder's outputs 4: make them equal, or use"
                    + " score: general");
      }
    }
  }

  @Nested
  class General extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return luong(Score.GENERAL);
    }

    @Test
    void equalsThePaper() {
      PaperAttention.check(
          attention(),
          (parameters, query, key) ->
              PaperAttention.dot(
                  query,
                  PaperAttention.product(
                      key, parameters.get("model.key.kernel"), PaperAttention.DEPTH)));
    }
  }

  @Nested
  class Concat extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return luong(Score.CONCAT);
    }

    @Test
    void equalsThePaper() {
      int n = PaperAttention.DEPTH;
      PaperAttention.check(
          attention(),
          (parameters, query, key) -> {
            double[] w = PaperAttention.product(query, parameters.get("model.query.kernel"), n);
            double[] u = PaperAttention.product(key, parameters.get("model.key.kernel"), n);
            double score = 0;
            for (int i = 0; i < n; i++) {
              score += parameters.get("model.v")[i] * Math.tanh(w[i] + u[i]);
            }
            return score;
          });
    }
  }
}
