package org.seq4j.trainer.metric;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seq4j.core.metric.Metric;

/**
 * The number of different n-grams of all hypotheses divided by the number of n-grams, distinct-n of
 * Li et al. (2016, "A diversity-promoting objective function for neural conversation models").
 * Words are separated by white space. It does not compare with references, and falls as the number
 * of hypotheses grows: compare only systems on the same sources.
 */
public final class DistinctMetric implements Metric {
  private final int order;

  /** Creates the metric of n-grams of an order. */
  public DistinctMetric(int order) {
    this.order = order;
  }

  @Override
  public Score score(List<Sample> samples) {
    Set<List<String>> different = new HashSet<>();
    long all = 0;
    for (Sample sample : samples) {
      List<String> words = PythonText.words(sample.hypothesis().raw());
      for (int i = 0; i + order <= words.size(); i++) {
        different.add(words.subList(i, i + order));
        all++;
      }
    }
    return Scores.share(all == 0 ? 0 : (double) different.size() / all);
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }
}
