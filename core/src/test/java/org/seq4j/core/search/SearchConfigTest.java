package org.seq4j.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

  static Stream<Arguments> outOfBounds() {
    return Stream.of(
        of(0, 0, 1, null, 2, 10, "size: expected a number from 1 to 1000, got 0"),
        of(1001, 0, 1, null, 2, 10, "size: expected a number from 1 to 1000, got 1001"),
        of(5, 0, 0, null, 2, 10, "n_best: expected a number from 1 to 1000, got 0"),
        of(5, -0.5, 1, null, 2, 10, "length_penalty: expected a number, at least 0, got -0.5"),
        of(5, Double.NaN, 1, null, 2, 10, "length_penalty: expected a number, at least 0, got NaN"),
        of(5, 0, 1, 0, 2, 10, "max_length: expected a number, at least 1, got 0"),
        of(5, 0, 1, null, -1, 10, "max_length_ratio: expected a number, at least 0, got -1.0"),
        of(5, 0, 1, null, 2, -1, "max_length_extra: expected a number, at least 0, got -1"));
  }

  private static Arguments of(
      int size,
      double penalty,
      int nBest,
      Integer length,
      double ratio,
      int extra,
      String message) {
    return Arguments.of(size, penalty, nBest, length, ratio, extra, message);
  }

  @ParameterizedTest
  @MethodSource("outOfBounds")
  void numbersOutOfBoundsAreRefused(
      int size,
      double penalty,
      int nBest,
      Integer length,
      double ratio,
      int extra,
      String message) {
    SearchConfig.Type type = SearchConfig.Type.BEAM;
    Optional<Integer> maxLength = Optional.ofNullable(length);
    assertThatThrownBy(() -> new SearchConfig(type, size, penalty, nBest, maxLength, ratio, extra))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void oneThingIsChangedAtATime() {
    SearchConfig given =
        new SearchConfig(SearchConfig.Type.GREEDY, 1, 0.6, 1, Optional.of(9), 3, 4);
    assertThat(given.withSize(8).withNBest(7))
        .isEqualTo(new SearchConfig(SearchConfig.Type.BEAM, 8, 0.6, 7, Optional.of(9), 3, 4));
  }
}
