package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;

/** Checks of values that a graph has computed. */
final class ResultChecks {
  private static final Offset<Float> CLOSE = Offset.offset(1e-5f);

  private ResultChecks() {}

  static void equal(String what, List<float[]> actual, List<float[]> expected) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i))
          .as("%s (tensor %d of the compared ones)", what, i)
          .containsExactly(expected.get(i), CLOSE);
    }
  }

  static void theSameAgain(List<float[]> once, List<float[]> again) {
    for (int i = 0; i < once.size(); i++) {
      assertThat(again.get(i))
          .as(
              "another run of the same graph at inference (tensor %d): something random is used;"
                  + " dropout and noise of the scope are for training only",
              i)
          .containsExactly(once.get(i));
    }
  }

  static void finite(List<float[]> all) {
    for (float[] values : all) {
      for (float value : values) {
        assertThat(value)
            .as(
                "a result for an empty source: look for a division by its length, or a maximum over"
                    + " no values")
            .isFinite();
      }
    }
  }
}
