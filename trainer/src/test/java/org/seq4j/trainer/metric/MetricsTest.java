package org.seq4j.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.Metric.Sample;
import org.seq4j.core.metric.Metric.Text;
import org.seq4j.runtime.config.key.ComponentKind;
import org.seq4j.runtime.plugin.PluginLoader;

class MetricsTest {
  private final Metric exactMatch = new ExactMatchMetric();
  private final Metric ser = ErrorRateMetric.ofTokens();

  @Test
  void bothAreFound() {
    ComponentKind<Metric> kind = ComponentKind.of(Metric.class).orElseThrow();
    assertThat(new PluginLoader().classPath().names(kind)).contains("exact-match", "ser");
  }

  @Test
  void exactMatchIsTheShareOfHypothesesThatAreRight() {
    assertThat(exactMatch.score(List.of(sample("a b", "a b"), sample("a", "b"), sample("c", "d"))))
        .isEqualTo(new Metric.Score(1.0 / 3, "33.33 %"));
  }

  @Test
  void exactMatchTakesAnyReference() {
    assertThat(exactMatch.score(List.of(sample("b", "a", "b"))).value()).isEqualTo(1);
  }

  @Test
  void exactMatchDoesNotSeeTheAmountOfWhiteSpace() {
    assertThat(exactMatch.score(List.of(sample(" a \t b ", "a b\n"))).value()).isEqualTo(1);
  }

  @Test
  void exactMatchSeesCase() {
    assertThat(exactMatch.score(List.of(sample("A", "a"))).value()).isZero();
  }

  @Test
  void exactMatchTakesAnEmptyHypothesisForAnEmptyReference() {
    assertThat(exactMatch.score(List.of(sample("", ""), sample("", "a"))).value()).isEqualTo(0.5);
  }

  @Test
  void exactMatchIsBetterWhenHigher() {
    assertThat(exactMatch.higherIsBetter()).isTrue();
  }

  @Test
  void serIsEditsOverAllReferences() {
    // k-i-t-t-e-n to s-i-t-t-i-n-g: 3 edits over 7; the other pair none over 3.
    assertThat(ser.score(List.of(sample("k i t t e n", "s i t t i n g"), sample("a b c", "a b c"))))
        .isEqualTo(new Metric.Score(0.3, "30.00 %"));
  }

  @Test
  void serOfAnEmptyHypothesisIsAllDeletions() {
    assertThat(ser.score(List.of(sample("", "a b c d"))).value()).isEqualTo(1);
  }

  @Test
  void serMayBeAboveOne() {
    assertThat(ser.score(List.of(sample("a b c", "a")))).isEqualTo(new Metric.Score(2, "200.00 %"));
  }

  @Test
  void serTakesTheClosestReference() {
    assertThat(ser.score(List.of(sample("a b c", "x y", "a b d"))).value())
        .isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void serTakesTheLongerOfTwoReferencesThatAreAsClose() {
    assertThat(ser.score(List.of(sample("a b", "a", "a b c"))).value())
        .isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void serOfNothingForNothingIsZero() {
    assertThat(ser.score(List.of(sample("", ""))).value()).isZero();
  }

  @Test
  void serOfSomethingForNothingIsFinite() {
    assertThat(ser.score(List.of(sample("a b", ""))).value()).isEqualTo(2);
  }

  @Test
  void serIsBetterWhenLower() {
    assertThat(ser.higherIsBetter()).isFalse();
  }

  @Test
  void nothingHasNoScore() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ser.score(List.of()))
        .withMessage("no samples to score: expected at least one");
  }

  @Test
  void figuresArePrintedWithAPointEverywhere() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(Scores.share(0.12345).display()).isEqualTo("12.35 %");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theDistanceIsSymmetric() {
    List<String> sunday = List.of("s", "u", "n", "d", "a", "y");
    List<String> saturday = List.of("s", "a", "t", "u", "r", "d", "a", "y");
    assertThat(EditDistance.between(sunday, saturday))
        .isEqualTo(EditDistance.between(saturday, sunday))
        .isEqualTo(3);
  }

  private static Sample sample(String hypothesis, String... references) {
    return new Sample(text(hypothesis), Arrays.stream(references).map(MetricsTest::text).toList());
  }

  private static Text text(String raw) {
    return new Text(raw, raw.isBlank() ? List.of() : List.of(raw.strip().split("\\s+")));
  }
}
