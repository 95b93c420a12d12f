package org.seq4j.trainer.metric;

import java.util.regex.Pattern;
import org.seq4j.core.metric.AdditiveMetric;

/**
 * The share of samples whose hypothesis is one of the references, character by character, except
 * that white space at the ends does not count and any other run of it is one space. One minus it is
 * the word error rate of work on pronunciation.
 */
public final class ExactMatchMetric implements AdditiveMetric {
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  /** Whether it is right, and 1. */
  @Override
  public double[] statistics(Sample sample) {
    return new double[] {isRight(sample) ? 1 : 0, 1};
  }

  @Override
  public Score score(double[] sum) {
    return Scores.share(sum[0] / sum[1]);
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  private static boolean isRight(Sample sample) {
    String hypothesis = normalized(sample.hypothesis());
    return sample.references().stream()
        .anyMatch(reference -> normalized(reference).equals(hypothesis));
  }

  private static String normalized(Text text) {
    return WHITE_SPACE.matcher(text.raw().strip()).replaceAll(" ");
  }
}
