package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seq4j.core.metric.AdditiveMetric;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.Metric.ForcedScore;
import org.seq4j.core.metric.Metric.Sample;
import org.seq4j.core.metric.Metric.Text;
import org.seq4j.core.text.FeatureSequence;

/**
 * Contract of metrics: right answers are the best, any answer has a score, also an empty one, and
 * the score depends on nothing but the samples. A test extends it and implements {@link #metric()}.
 * The source of a sample is an action whose value is the reference, as in dialogues.
 */
public abstract class MetricContract {
  private static final List<String> REFERENCES =
      List.of("the cat sat on the mat today", "a b c d e", "one two three four five six");

  /** Returns the metric under test. */
  protected abstract Metric metric();

  /** Returns samples whose answers are right; by default, of texts, or of vectors if needed. */
  protected List<Sample> right() {
    return REFERENCES.stream().map(reference -> sample(reference, reference, true)).toList();
  }

  /**
   * Returns samples of the same references whose answers are wrong; by default, one word again and
   * again, which is also worse for metrics that look at answers alone, such as their diversity.
   */
  protected List<Sample> wrong() {
    return REFERENCES.stream()
        .map(reference -> sample(reference.replaceAll("\\S+", "no"), reference, false))
        .toList();
  }

  private Sample sample(String answer, String reference, boolean right) {
    int tokens = reference.split(" ").length + 1;
    return new Sample(
        text(answer),
        List.of(text(reference)),
        Optional.of(new ForcedScore(right ? -0.1 : -9, tokens, right ? tokens : 1)),
        Optional.of("INFORM text = " + reference));
  }

  private Text text(String text) {
    if (!metric().needs().contains(Metric.Input.VECTORS)) {
      return new Text(text, text.isEmpty() ? List.of() : List.of(text.split(" ")));
    }
    float[] values = new float[text.length()];
    IntStream.range(0, values.length).forEach(i -> values[i] = text.charAt(i));
    FeatureSequence vectors = new FeatureSequence(1, values);
    return new Text(vectors.text(), vectors.texts(), Optional.of(vectors));
  }

  @Test
  public void rightAnswersAreBetterThanWrongOnes() {
    double right = metric().score(right()).value();
    double wrong = metric().score(wrong()).value();
    assertThat(metric().higherIsBetter() ? right : -right)
        .as("the score of right answers, %s, compared with that of wrong ones, %s", right, wrong)
        .isGreaterThan(metric().higherIsBetter() ? wrong : -wrong);
  }

  @Test
  public void everyAnswerHasAScore() {
    List<List<Sample>> all = new ArrayList<>(List.of(right(), wrong()));
    right().forEach(sample -> all.add(List.of(sample)));
    all.add(List.of(sample("", "a b c", false)));
    for (List<Sample> samples : all) {
      Metric.Score score = metric().score(samples);
      assertThat(score).as("the score of %s", samples).isNotNull();
      assertThat(score.value()).as("the score of %s", samples).isNotNaN();
      assertThat(score.display()).as("the printed score of %s", samples).isNotBlank();
    }
  }

  @Test
  public void theScoreDependsOnTheSamplesAlone() {
    Metric once = metric();
    double right = once.score(right()).value();
    once.score(wrong());
    assertThat(once.score(right()).value())
        .as("the score of the same samples again: a metric has no state")
        .isEqualTo(right);
    List<Double> atOnce =
        IntStream.range(0, 50).parallel().mapToObj(i -> once.score(right()).value()).toList();
    assertThat(atOnce).as("the scores in several threads").containsOnly(right);
  }

  @Test
  public void statisticsAddUp() {
    if (!(metric() instanceof AdditiveMetric additive)) {
      return;
    }
    List<Sample> samples = new ArrayList<>(right());
    samples.addAll(wrong());
    double[] sum = additive.statistics(samples.get(0)).clone();
    for (Sample sample : samples.subList(1, samples.size())) {
      double[] one = additive.statistics(sample);
      assertThat(one).as("the statistics of a sample, as many as of the others").hasSameSizeAs(sum);
      IntStream.range(0, sum.length).forEach(i -> sum[i] += one[i]);
    }
    assertThat(additive.score(sum).value())
        .as("the score of the sum of the statistics, which must be that of the samples")
        .isCloseTo(metric().score(samples).value(), within(1e-9));
  }
}
