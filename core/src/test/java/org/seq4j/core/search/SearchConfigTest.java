package org.seq4j.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SearchConfigTest {

  @Test
  void theMaximumLengthFollowsTheSource() {
    assertThat(SearchConfig.beam(5).maxLength(7)).isEqualTo(24);
  }

  @Test
  void anAbsoluteMaximumLengthTakesTheirPlace() {
    SearchConfig config =
        new SearchConfig(SearchConfig.Type.GREEDY, 1, 0, 1, Optional.of(100), 2, 10);
    assertThat(config.maxLength(7)).isEqualTo(100);
  }

  @Test
  void moreHypothesesThanTheBeamHoldsAreRefused() {
    assertThatThrownBy(
            () -> new SearchConfig(SearchConfig.Type.BEAM, 5, 0, 8, Optional.empty(), 2, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "n_best is 8, but the beam has 5 hypotheses: set size: 8 or larger, or a smaller n_best");
  }

  @Test
  void aGreedySearchHasOneHypothesis() {
    assertThatThrownBy(
            () -> new SearchConfig(SearchConfig.Type.GREEDY, 5, 0, 2, Optional.empty(), 2, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "n_best is 2, but a greedy search has one hypothesis: set type: beam, or n_best: 1");
  }
}
