package org.seq4j.trainer.metric;

import java.util.regex.Pattern;
import org.seq4j.core.metric.AdditiveMetric;

/**
 * The share of samples whose hypothesis equals one of the references. White space at the ends is
 * ignored, and any other run of it equals one space. In work on pronunciation, one minus this share
 * is the word error rate.
 */
public final class ExactMatchMetric implements AdditiveMetric {
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  /** Returns 1 if the hypothesis is correct, else 0; and 1 for the sample. */
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
