package org.seq4j.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
  private static final List<String> KNOWN =
      List.of("learning_rate", "units", "layers", "exact-match", "lr", "gru");

  @ParameterizedTest
  @CsvSource({
    "learningrate, learning_rate",
    "learningRate, learning_rate",
    "learning-rate, learning_rate",
    "learnign_rate, learning_rate",
    "unit, units",
    "layer, layers",
    "exact_match, exact-match",
    "LR, lr",
    "gur, gru"
  })
  void guesses(String written, String meant) {
    assertThat(Suggestions.closest(written, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"dropout", "rl", "lstm", "u", "match"})
  void doesNotGuessWildly(String written) {
    assertThat(Suggestions.closest(written, KNOWN)).isEmpty();
  }

  @Test
  void countsASwapAsOne() {
    assertThat(Suggestions.distance("badhanau", "bahdanau")).isEqualTo(1);
  }
}
