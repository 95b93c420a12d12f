package org.seq4j.trainer.metric;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.seq4j.core.metric.AdditiveMetric;

/**
 * The error rate: insertions, deletions and substitutions from hypotheses to references, divided by
 * the length of the references. On words it is the WER of speech recognition, on phonemes the
 * phoneme error rate (PER). It may exceed 1 if hypotheses are much too long.
 *
 * <p>Of several references, the one with the fewest edits is used, and of those the longest. If all
 * references are empty, the edits are divided by 1.
 */
public final class ErrorRateMetric implements AdditiveMetric {
  private final Function<Text, List<String>> units;

  private ErrorRateMetric(Function<Text, List<String>> units) {
    this.units = units;
  }

  /** Returns the error rate of the target's tokens. */
  public static ErrorRateMetric ofTokens() {
    return new ErrorRateMetric(Text::tokens);
  }

  /** Returns the error rate of words, separated by white space. */
  public static ErrorRateMetric ofWords() {
    return new ErrorRateMetric(text -> PythonText.words(text.raw()));
  }

  /** Returns the error rate of code points; white space counts, except at the ends. */
  public static ErrorRateMetric ofCharacters() {
    return new ErrorRateMetric(
        text ->
            PythonText.strip(text.raw())
                .codePoints()
                .mapToObj(Character::toString)
                .collect(Collectors.toList()));
  }

  /** The number of edits to a reference, and its length. */
  private record Edits(int distance, int length) {
    static final Comparator<Edits> FEWEST =
        Comparator.comparingInt(Edits::distance)
            .thenComparing(Comparator.comparingInt(Edits::length).reversed());
  }

  /** Returns the edits and the length of the reference. */
  @Override
  public double[] statistics(Sample sample) {
    List<String> hypothesis = units.apply(sample.hypothesis());
    Edits edits =
        sample.references().stream()
            .map(units)
            .map(reference -> edits(hypothesis, reference))
            .min(Edits.FEWEST)
            .orElseThrow(
                () -> new IllegalArgumentException("a sample needs at least one reference"));
    return new double[] {edits.distance(), edits.length()};
  }

  private static Edits edits(List<String> hypothesis, List<String> reference) {
    return new Edits(EditDistance.between(hypothesis, reference), reference.size());
  }

  @Override
  public Score score(double[] sum) {
    return Scores.share(sum[0] / Math.max(1, sum[1]));
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }
}
