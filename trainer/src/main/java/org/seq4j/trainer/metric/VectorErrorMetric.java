package org.seq4j.trainer.metric;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.seq4j.core.metric.AdditiveMetric;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.runtime.codec.FeatureCodec;

/**
 * The mean error over the numbers of vectors. The shorter sequence is padded with zeros. Of several
 * references, the nearest is used.
 */
public final class VectorErrorMetric implements AdditiveMetric {
  private final DoubleUnaryOperator error;

  /** Creates a metric from a function of the difference. */
  public VectorErrorMetric(DoubleUnaryOperator error) {
    this.error = error;
  }

  /** Returns the sum of errors to the nearest reference, and the number of values. */
  @Override
  public double[] statistics(Sample sample) {
    List<float[]> hypothesis = vectors(sample.hypothesis());
    Compared best =
        sample.references().stream()
            .map(text -> compare(hypothesis, vectors(text)))
            .min(Comparator.comparingDouble(Compared::mean))
            .orElseThrow();
    return new double[] {best.sum(), best.numbers()};
  }

  private static List<float[]> vectors(Text text) {
    return text.vectors()
        .map(FeatureSequence::rows)
        .orElseGet(() -> FeatureCodec.vectors(text.tokens())); // parses vectors given as text
  }

  @Override
  public Score score(double[] sum) {
    double mean = sum[1] == 0 ? 0 : sum[0] / sum[1];
    return new Score(mean, String.format(Locale.ROOT, "%.6f", mean));
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public Set<Input> needs() {
    return Set.of(Input.VECTORS);
  }

  private record Compared(double sum, long numbers) {
    double mean() {
      return numbers == 0 ? 0 : sum / numbers;
    }
  }

  private Compared compare(List<float[]> a, List<float[]> b) {
    double sum = 0;
    long numbers = 0;
    for (int t = 0; t < Math.max(a.size(), b.size()); t++) {
      int depth = Math.max(depth(a, t), depth(b, t));
      for (int d = 0; d < depth; d++) {
        sum += error.applyAsDouble(number(a, t, d) - number(b, t, d));
      }
      numbers += depth;
    }
    return new Compared(sum, numbers);
  }

  private static int depth(List<float[]> vectors, int t) {
    return t < vectors.size() ? vectors.get(t).length : 0;
  }

  private static double number(List<float[]> vectors, int t, int d) {
    return d < depth(vectors, t) ? vectors.get(t)[d] : 0;
  }
}
