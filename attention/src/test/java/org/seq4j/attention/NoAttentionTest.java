package org.seq4j.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.StatelessAttention;
import org.seq4j.testkit.AttentionContract;
import org.seq4j.testkit.GraphFixture;

class NoAttentionTest extends AttentionContract {

  @Override
  protected StatelessAttention attention() {
    return new NoAttention();
  }

  @Override
  protected WeightSum weightSum() {
    return WeightSum.AT_MOST_ONE;
  }

  @Test
  void saysNothingOfTheSource() {
    try (GraphFixture trial = new GraphFixture(false)) {
      var memory = trial.memory(4, Map.of(), 3, 1);
      var query = trial.sample("query", 2, 2, 5);
      var prepared = attention().prepare(trial.scope(), memory, 5);
      var attended = attention().attend(trial.scope(), prepared, query);
      trial.randomise();
      assertThat(trial.values(attended.context())).containsOnly(0f).hasSize(2 * 2 * 4);
      assertThat(trial.values(attended.weights())).containsOnly(0f).hasSize(2 * 2 * 3);
    }
  }
}
