package org.seq4j.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.metric.Metric.Sample;
import org.seq4j.core.metric.Metric.Score;
import org.seq4j.core.metric.Metric.Text;

final class SlotErrorMetricTest {
  private final SlotErrorMetric metric =
      new SlotErrorMetric(new SlotErrorMetric.Config(SlotValues.DEFAULT));

  private static Text text(String raw) {
    return new Text(raw, List.of(raw.split(" ")));
  }

  private static Sample sample(String source, String hypothesis, String... references) {
    List<Text> right = Arrays.stream(references).map(SlotErrorMetricTest::text).toList();
    return new Sample(text(hypothesis), right, Optional.empty(), Optional.of(source));
  }

  /** Each line has the errors and the slots, counted by hand. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        // missing
        "OFFER name = Red Lion ; OFFER city = Bath # Try Red Lion in Bath.   # Red Lion, Bath # 0 # 2",
        "OFFER name = Red Lion ; OFFER city = Bath # Try Red Lion in Wells.  # Red Lion, Bath # 1 # 2",
        "OFFER name = Red Lion ; OFFER city = Bath # Sorry, nothing.         # Red Lion, Bath # 2 # 2",
        "REQUEST food = Greek | Thai               # Greek food?             # Greek or Thai? # 1 # 2",
        // said by the hypothesis alone, or by neither: no slot
        "OFFER name = Red Lion ; OFFER city = Bath # Red Lion in Bath        # Red Lion       # 0 # 1",
        "INFORM has_garden = True ; NOTIFY_SUCCESS # It has no garden.       # It has one.    # 0 # 0",
        // case and white space
        "OFFER name = Red  Lion                    # the red lion            # RED LION here  # 0 # 1",
        // whole words and numbers
        "INFORM seats = 4                          # for 14                  # for 4          # 2 # 1",
        "INFORM seats = 4                          # It has 4.               # it has 4, yes  # 0 # 1",
        "INFORM rating = 4 ; INFORM price = 4.5    # rated 4.5               # 4 stars, 4.5 $ # 1 # 2",
        "OFFER city = Bath                         # the Bathroom            # Bath           # 1 # 1",
        // repeated values are one, and may be said once
        "CONFIRM from = Bath ; CONFIRM to = Bath   # From Bath?              # Bath to Bath?  # 0 # 1",
        "CONFIRM from = Bath ; CONFIRM to = bath   # From where?             # Bath to Bath?  # 1 # 1",
        // wrong numbers: in neither the source nor the reference, each once
        "INFORM time = 6:30 pm                     # at 6:45 pm, 6:45 pm!    # at 6:30 pm     # 2 # 1",
        "hi, 3 of us <actions> REQ_MORE            # 3 of you? 5 of you?     # Who?           # 1 # 0",
        "INFORM phone = 408-971-8523               # 408-971-8524            # 408-971-8523   # 2 # 1",
        "OFFER count = 7                           # 2 are open              # 7, 2 are open  # 1 # 1",
      })
  void errorsAndSlotsAreCounted(
      String source, String hypothesis, String reference, double errors, double slots) {
    assertThat(metric.statistics(sample(source, hypothesis, reference)))
        .containsExactly(errors, slots);
  }

  @Test
  void theRateIsTheErrorsOverAllSlots() {
    Sample half = sample("A x = Bath ; A y = Wells", "Bath", "Bath or Wells");
    Sample none = sample("A x = Bath ; A y = Wells", "Bath, Wells", "Wells or Bath");
    assertThat(metric.score(List.of(half, none))).isEqualTo(new Score(0.25, "25.00 %"));
    assertThat(metric.higherIsBetter()).isFalse();
  }

  @Test
  void theReferenceWithTheFewestErrorsCounts() {
    Sample sample = sample("A x = Bath ; A y = Wells", "Bath", "Bath or Wells", "Bath", "None");
    assertThat(metric.statistics(sample)).containsExactly(0, 1);
  }

  @Test
  void theRegularExpressionIsThatOfTheConfig() {
    SlotErrorMetric brackets =
        new SlotErrorMetric(new SlotErrorMetric.Config("\\[(?:\\w+:)?([^\\]]*)\\]"));
    Sample sample = sample("offer [name:Red Lion] [] [Bath]", "Bath", "Red Lion, Bath");
    assertThat(brackets.statistics(sample)).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"= .+", "(?:a)"})
  void anExpressionWithoutAGroupIsRefused(String expression) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SlotErrorMetric.Config(expression))
        .withMessage(
            "values: expected a regular expression whose first group, ( ), is a value, got "
                + expression);
  }

  @Test
  void aMalformedExpressionIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SlotErrorMetric.Config("= (a"))
        .withMessage("values: not a regular expression: Unclosed group in = (a");
  }

  @Test
  void aSampleWithoutItsSourceIsRefused() {
    Sample sample = new Sample(text("a"), List.of(text("a")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metric.statistics(sample))
        .withMessage("slot-error needs the source of each sample");
  }
}
