package org.seq4j.runtime.config.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamingConventionTest {
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
    assertThat(NamingConvention.key(component)).isEqualTo(key);
  }

  @Test
  void valuesAreInKebabCase() {
    assertThat(NamingConvention.value(Schedule.INVERSE_SQRT)).isEqualTo("inverse-sqrt");
  }
}
