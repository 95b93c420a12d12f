package org.seq4j.runtime.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigRecords;

class SearchConfigTest {

  private static String problem(Runnable change) {
    ConfigException refused = catchThrowableOfType(ConfigException.class, change::run);
    assertThat(refused.problems()).hasSize(1);
    return refused.problems().get(0).toString();
  }

  @Test
  void theMaximumLengthFollowsTheSource() {
    assertThat(SearchConfig.beam(5).length().maxFor(7)).isEqualTo(24);
  }

  @Test
  void anAbsoluteMaximumLengthTakesItsPlace() {
    SearchConfig config = SearchConfig.greedy().with("length.max", 100);
    assertThat(config.length().maxFor(7)).isEqualTo(100);
    assertThat(config.with("length.max", null).length().maxFor(7)).isEqualTo(24);
  }

  @Test
  void aMinimumAboveTheMaximumIsRefused() {
    assertThat(problem(() -> SearchConfig.greedy().with("length", Map.of("min", 5, "max", 4))))
        .isEqualTo("search.length.min: expected at most max, which is 4, got 5");
  }

  @Test
  void moreHypothesesThanTheBeamHoldsAreRefused() {
    assertThat(problem(() -> SearchConfig.beam(5).withNBest(8)))
        .isEqualTo(
            "search: n_best is 8, but the beam has 5 hypotheses: set size: 8 or larger, or"
                + " reduce n_best");
  }

  @Test
  void aGreedySearchHasOneHypothesis() {
    assertThat(problem(() -> SearchConfig.greedy().withNBest(2)))
        .isEqualTo(
            "search: n_best is 2, but a greedy search has one hypothesis: set type: beam, or"
                + " n_best: 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "size | 0 | expected a whole number from 1 to 1000, got 0",
        "size | 1001 | expected a whole number from 1 to 1000, got 1001",
        "n_best | 0 | expected a whole number from 1 to 1000, got 0",
        "length.max | 0 | expected a whole number from 1 to 100000, got 0",
        "length.max | 100001 | expected a whole number from 1 to 100000, got 100001",
        "length.max_extra | -1 | expected a whole number from 0 to 100000, got -1",
      })
  void wholeNumbersOutOfBoundsAreRefused(String key, int value, String message) {
    assertThat(problem(() -> SearchConfig.beam(5).with(key, value)))
        .isEqualTo("search." + key + ": " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ranking.length_penalty | -0.5 | expected a number, at least 0, got -0.5",
        "ranking.length_penalty | NaN | expected a number, got NaN",
        "ranking.word_reward | Infinity | expected a number, got Infinity",
        "length.max_ratio | -1 | expected a number from 0 to 1000, got -1.0",
        "rules.repetition_penalty | 0.5 | expected a number, at least 1, got 0.5",
      })
  void numbersOutOfBoundsAreRefused(String key, double value, String message) {
    assertThat(problem(() -> SearchConfig.beam(5).with(key, value)))
        .isEqualTo("search." + key + ": " + message);
  }

  @Test
  void aKeyThatThereIsNotIsRefused() {
    assertThat(problem(() -> SearchConfig.beam(5).with("rules.no_repeat_ngrams", 3)))
        .isEqualTo("search.rules.no_repeat_ngrams: unknown key. Did you mean 'no_repeat_ngram'?");
  }

  @Test
  void aKeyThatWasMovedIsTold() {
    assertThat(problem(() -> SearchConfig.beam(5).with("length_penalty", 0.6)))
        .isEqualTo("search.length_penalty: this key is now search.ranking.length_penalty");
  }

  @Test
  void oneThingIsChangedAtATime() {
    SearchConfig given =
        SearchConfig.greedy().with("ranking.length_penalty", 0.6).with("length.max", 9);
    assertThat(given.withSize(8).withNBest(7))
        .isEqualTo(
            SearchConfig.beam(8)
                .with(
                    Map.of(
                        "ranking",
                        Map.of("length_penalty", 0.6),
                        "length",
                        Map.of("max", 9),
                        "n_best",
                        7)));
  }

  @Test
  void aTextIsTakenAsItIs() {
    SearchConfig config =
        SearchConfig.greedy().with("rules.prefix", "${HOME}: 1").with("rules.required", "3");
    assertThat(config.rules().prefix()).contains("${HOME}: 1");
    assertThat(config.rules().required()).isEqualTo(List.of("3"));
  }

  @Test
  void whatSourcesHaveInCommonIsAllThatIsNotOfOneOfThem() {
    SearchConfig config =
        SearchConfig.beam(4)
            .with("length.max", 9)
            .with("rules.prefix", "a")
            .with("unknown", SearchConfig.Unknown.COPY)
            .with("ranking.word_reward", 1);
    assertThat(ConfigRecords.changes(config.common()))
        .extracting(ConfigRecords.Change::key)
        .containsExactly("size", "ranking.word_reward");
  }

  @Test
  void theFactoriesDifferFromTheDefaultsInWhatTheySay() {
    assertThat(ConfigRecords.changes(SearchConfig.beam(5))).isEmpty();
    assertThat(ConfigRecords.changes(SearchConfig.greedy()))
        .extracting(ConfigRecords.Change::key)
        .containsExactly("type", "size");
    assertThatThrownBy(() -> SearchConfig.beam(0)).isInstanceOf(ConfigException.class);
  }
}
