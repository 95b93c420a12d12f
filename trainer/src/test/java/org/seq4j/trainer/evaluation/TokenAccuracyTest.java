package org.seq4j.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seq4j.core.metric.Metric;

final class TokenAccuracyTest {
  private static final Map<String, Long> TRAINED =
      Map.of("a", 1L, "b", 9L, "c", 10L, "d", 99L, "e", 12345L);

  private static Metric.Text text(String tokens) {
    return new Metric.Text(tokens, List.of(tokens.split(" ", -1)));
  }

  private static Metric.Sample sample(String answer, String... right) {
    return new Metric.Sample(
        text(answer), Arrays.stream(right).map(TokenAccuracyTest::text).toList());
  }

  private static List<TokenAccuracy> of(Metric.Sample... samples) {
    return TokenAccuracy.of(List.of(samples), token -> TRAINED.getOrDefault(token, 0L));
  }

  @Test
  void countsByOrderOfMagnitude() {
    assertThat(of(sample("a b c e e x", "b a d e y"), sample("c", "c")))
        .containsExactly(
            new TokenAccuracy(0, 0, 1, 1, 0), // y; x
            new TokenAccuracy(1, 9, 2, 2, 2),
            new TokenAccuracy(10, 99, 2, 2, 1), // d, c; c, c
            new TokenAccuracy(10_000, 99_999, 1, 2, 1)); // one e too many
  }

  @Test
  void ofSeveralReferencesTheNearestCounts() {
    assertThat(of(sample("a b", "c d", "a b c", "a b")))
        .containsExactly(new TokenAccuracy(1, 9, 2, 2, 2));
  }

  @Test
  void sharesAreOfWhatThereIs() {
    TokenAccuracy row = new TokenAccuracy(1, 9, 4, 2, 1);
    assertThat(row.recall()).isEqualTo(0.25);
    assertThat(row.precision()).isEqualTo(0.5);
    assertThat(new TokenAccuracy(1, 9, 0, 0, 0).recall()).isZero();
  }
}
