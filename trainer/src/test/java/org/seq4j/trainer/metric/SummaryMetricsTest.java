package org.seq4j.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.Metric.Sample;
import org.seq4j.core.metric.Metric.Text;
import org.seq4j.trainer.metric.RougeMetric.Config.Figure;

/** Metrics of summaries and of dialogue. */
final class SummaryMetricsTest {
  private static final Optional<String> MARK = Optional.of("<q>");

  private static Sample sample(String hypothesis, String... references) {
    return new Sample(text(hypothesis), Arrays.stream(references).map(it -> text(it)).toList());
  }

  private static Text text(String raw) {
    return new Text(raw, List.of(raw.split(" ")));
  }

  private static double summary(Figure figure, Optional<String> separator, Sample sample) {
    return new SummaryRougeMetric(new SummaryRougeMetric.Config(false, figure, separator))
        .score(List.of(sample))
        .value();
  }

  /** The example of Lin (2004), section 3.2: the union is w1 w2 w3 w5. */
  @ParameterizedTest
  @CsvSource({"RECALL, 80", "PRECISION, 40", "FMEASURE, 53.3333333"})
  void rougeOfASummaryTakesTheUnionOverItsSentences(Figure figure, double expected) {
    Sample lines = sample("w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5", "w1 w2 w3 w4 w5");
    assertThat(summary(figure, Optional.empty(), lines)).isCloseTo(expected, within(1e-6));
    Sample marked = sample("w1 w2 w6 w7 w8<q>w1 w3 w8 w9 w5", "w1 w2 w3 w4 w5");
    assertThat(summary(figure, MARK, marked)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void aWordCountsAtMostAsOftenAsInEitherText() {
    // Both sentences of the reference match the same word of the hypothesis.
    Sample twice = sample("a", "a b\na c");
    assertThat(summary(Figure.RECALL, Optional.empty(), twice)).isCloseTo(25, within(1e-9));
  }

  @Test
  void rougeOfOneSentenceIsRougeL() {
    Sample sample = sample("the cat sat on a mat", "a cat was on the mat", "the dog sat");
    assertThat(summary(Figure.FMEASURE, Optional.empty(), sample))
        .isEqualTo(
            RougeMetric.ofSubsequences(new RougeMetric.Config(false, Figure.FMEASURE))
                .score(List.of(sample))
                .value());
  }

  @Test
  void anEmptySeparatorIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SummaryRougeMetric.Config(false, Figure.RECALL, Optional.of("")))
        .withMessage("separator: expected a text, such as <q>, got none");
  }

  @Test
  void distinctCountsEachNgramOnceOverAllHypotheses() {
    List<Sample> samples = List.of(sample("a b a", "x"), sample("a b", "x"), sample("", "x"));
    assertThat(new DistinctMetric(1).score(samples)).isEqualTo(new Metric.Score(0.4, "40.00 %"));
    assertThat(new DistinctMetric(2).score(samples).value()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(new DistinctMetric(2).score(List.of(sample("a", "x"))).value()).isZero();
  }

  @Test
  void repetitionCountsNgramsThatOccurredBeforeInTheSameHypothesis() {
    RepetitionMetric trigrams = new RepetitionMetric(new RepetitionMetric.Config(3));
    List<Sample> samples = List.of(sample("a b c a b c", "x"), sample("a b c", "x"));
    assertThat(trigrams.score(samples)).isEqualTo(new Metric.Score(0.2, "20.00 %"));
    assertThat(trigrams.score(List.of(sample("a", "x"))).value()).isZero();
  }
}
