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
    SearchConfig config = SearchConfig.greedy().change().maxLength(Optional.of(100)).build();
    assertThat(config.maxLength(7)).isEqualTo(100);
  }

  @Test
  void moreHypothesesThanTheBeamHoldsAreRefused() {
    assertThatThrownBy(() -> SearchConfig.beam(5).withNBest(8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "n_best is 8, but the beam has 5 hypotheses: set size: 8 or larger, or a smaller n_best");
  }

  @Test
  void aGreedySearchHasOneHypothesis() {
    assertThatThrownBy(() -> SearchConfig.greedy().withNBest(2))
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
    Optional<Integer> maxLength = Optional.ofNullable(length);
    assertThatThrownBy(
            () ->
                SearchConfig.beam(5)
                    .change()
                    .size(size)
                    .lengthPenalty(penalty)
                    .nBest(nBest)
                    .maxLength(maxLength)
                    .maxLengthRatio(ratio)
                    .maxLengthExtra(extra)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void oneThingIsChangedAtATime() {
    SearchConfig given =
        SearchConfig.greedy().change().lengthPenalty(0.6).maxLength(Optional.of(9)).build();
    assertThat(given.withSize(8).withNBest(7))
        .isEqualTo(
            SearchConfig.beam(8)
                .change()
                .lengthPenalty(0.6)
                .maxLength(Optional.of(9))
                .nBest(7)
                .build());
  }
}
