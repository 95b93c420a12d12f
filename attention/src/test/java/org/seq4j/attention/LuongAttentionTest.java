package org.seq4j.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seq4j.core.layers.Normalizer;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatelessAttention;
import org.seq4j.testkit.AttentionContract;
import org.seq4j.testkit.GraphFixture;

/** Against Luong et al. 2015, eq. 8. */
class LuongAttentionTest {

  private static StatelessAttention luong(LuongScore score) {
    return new LuongAttention(new LuongAttention.Config(score, Normalizer.SOFTMAX));
  }

  @Nested
  class Dot extends AttentionContract {
    @Override
    protected StatelessAttention attention() {
      return luong(LuongScore.DOT);
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
      try (GraphFixture trial = new GraphFixture(false)) {
        Memory memory = trial.memory(4, Map.of(), 2);
        assertThatThrownBy(() -> attention().prepare(trial.scope(), memory, 3))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "luong attention with score: dot needs queries and a memory of equal depth, but the"
                    + " decoder's queries have 3 and the encoder's outputs 4: make them equal, or use"
                    + " score: general");
      }
    }
  }

  @Nested
  class General extends AttentionContract {
    @Override
    protected StatelessAttention attention() {
      return luong(LuongScore.GENERAL);
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
    protected StatelessAttention attention() {
      return luong(LuongScore.CONCAT);
    }

    @Test
    void equalsThePaper() {
      PaperAttention.check(
          attention(),
          (p, query, key) -> PaperAttention.additive(p, query, key, PaperAttention.DEPTH));
    }
  }

  @Nested
  class ScaledDot extends AttentionContract {
    @Override
    protected StatelessAttention attention() {
      return luong(LuongScore.SCALED_DOT);
    }

    @Override
    protected long queryDepth() {
      return memoryDepth();
    }

    /** Vaswani et al. 2017, eq. 1. */
    @Test
    void equalsThePaper() {
      PaperAttention.check(
          attention(),
          (p, query, key) -> PaperAttention.dot(query, key) / Math.sqrt(PaperAttention.DEPTH));
    }
  }

  @Nested
  class Sparse extends AttentionContract {
    @Override
    protected StatelessAttention attention() {
      return new LuongAttention(
          new LuongAttention.Config(LuongScore.GENERAL, Normalizer.SPARSEMAX));
    }

    /** Of large scores only the best are looked at; the weights of the others are exactly zero. */
    @Test
    void looksAtFew() {
      try (GraphFixture trial = new GraphFixture(false)) {
        Memory memory = trial.memory(4, Map.of(), 30);
        var query = trial.sample("query", 1, 1, 3);
        var prepared = attention().prepare(trial.scope(), memory, 3);
        var attended = attention().attend(trial.scope(), prepared, query);
        trial.randomise();
        float[] weights = trial.values(attended.weights());
        long looked = IntStream.range(0, 30).filter(s -> weights[s] != 0).count();
        assertThat(looked).isBetween(2L, 15L);
      }
    }
  }
}
