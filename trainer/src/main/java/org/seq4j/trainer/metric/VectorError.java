package org.seq4j.trainer.metric;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.run.FrameCodec;

/**
 * The mean error of a number of a vector. Where one sequence is longer, the other counts as zeros
 * there. Of several references the nearest counts.
 */
final class VectorError implements Metric {
  private final DoubleUnaryOperator error;

  /** Of a function of the difference. */
  VectorError(DoubleUnaryOperator error) {
    this.error = error;
  }

  @Override
  public Score score(List<Sample> samples) {
    Scores.requireSome(samples);
    double sum = 0;
    long numbers = 0;
    for (Sample sample : samples) {
      List<float[]> hypothesis = FrameCodec.vectors(sample.hypothesis().symbols());
      Compared best = null;
      for (Text text : sample.references()) {
        Compared compared = compare(hypothesis, FrameCodec.vectors(text.symbols()));
        if (best == null || compared.mean() < best.mean()) {
          best = compared;
        }
      }
      sum += best.sum();
      numbers += best.numbers();
    }
    double mean = numbers == 0 ? 0 : sum / numbers;
    return new Score(mean, String.format(Locale.ROOT, "%.6f", mean));
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public boolean measuresVectors() {
    return true;
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
