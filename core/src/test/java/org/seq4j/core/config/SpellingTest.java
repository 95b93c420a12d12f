package org.seq4j.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private enum Schedule {
    INVERSE_SQRT
  }

  @ParameterizedTest
  @CsvSource({
    "units, units",
    "learningRate, learning_rate",
    "nBest, n_best",
    "useHTMLText, use_html_text"
  })
  void keysAreInSnakeCase(String component, String key) {
    assertThat(Spelling.key(component)).isEqualTo(key);
  }

  @Test
  void valuesAreInKebabCase() {
    assertThat(Spelling.value(Schedule.INVERSE_SQRT)).isEqualTo("inverse-sqrt");
  }
}
