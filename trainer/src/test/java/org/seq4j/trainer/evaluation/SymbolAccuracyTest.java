package org.seq4j.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seq4j.core.metric.Metric;

final class SymbolAccuracyTest {
  private static final Map<String, Long> TRAINED =
      Map.of("a", 1L, "b", 9L, "c", 10L, "d", 99L, "e", 12345L);

  private static Metric.Text text(String symbols) {
    return new Metric.Text(symbols, List.of(symbols.split(" ", -1)));
  }

  private static Metric.Sample sample(String answer, String... right) {
    return new Metric.Sample(
        text(answer), Arrays.stream(right).map(SymbolAccuracyTest::text).toList());
  }

  private static List<SymbolAccuracy> of(Metric.Sample... samples) {
    return SymbolAccuracy.of(List.of(samples), symbol -> TRAINED.getOrDefault(symbol, 0L));
  }

  @Test
  void countsByOrderOfMagnitude() {
    assertThat(of(sample("a b c e e x", "b a d e y"), sample("c", "c")))
        .containsExactly(
            new SymbolAccuracy(0, 0, 1, 1, 0), // y; x
            new SymbolAccuracy(1, 9, 2, 2, 2),
            new SymbolAccuracy(10, 99, 2, 2, 1), // d, c; c, c
            new SymbolAccuracy(10_000, 99_999, 1, 2, 1)); // one e too many
  }

  @Test
  void ofSeveralReferencesTheNearestCounts() {
    assertThat(of(sample("a b", "c d", "a b c", "a b")))
        .containsExactly(new SymbolAccuracy(1, 9, 2, 2, 2));
  }

  @Test
  void sharesAreOfWhatThereIs() {
    SymbolAccuracy row = new SymbolAccuracy(1, 9, 4, 2, 1);
    assertThat(row.recall()).isEqualTo(0.25);
    assertThat(row.precision()).isEqualTo(0.5);
    assertThat(new SymbolAccuracy(1, 9, 0, 0, 0).recall()).isZero();
  }
}
