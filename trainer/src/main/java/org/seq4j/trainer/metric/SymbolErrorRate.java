package org.seq4j.trainer.metric;

import java.util.Comparator;
import java.util.List;
import org.seq4j.core.metric.Metric;

/**
 * Insertions, deletions and substitutions that lead from the hypotheses to the references, over the
 * number of symbols in the references; over phonemes it is the phoneme error rate (PER), over words
 * the WER of speech recognition. It is above 1 where hypotheses are much too long.
 *
 * <p>Of several references the one with the fewest edits counts, and of those the longest. If all
 * references are empty, the edits are over 1.
 */
final class SymbolErrorRate implements Metric {

  /** The edits to a reference and its length. */
  private record Edits(int distance, int length) {
    static final Comparator<Edits> FEWEST =
        Comparator.comparingInt(Edits::distance)
            .thenComparing(Comparator.comparingInt(Edits::length).reversed());
  }

  @Override
  public Score score(List<Sample> samples) {
    Scores.requireSome(samples);
    long distance = 0;
    long length = 0;
    for (Sample sample : samples) {
      Edits edits = closest(sample);
      distance += edits.distance();
      length += edits.length();
    }
    return Scores.share((double) distance / Math.max(1, length));
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  private static Edits closest(Sample sample) {
    List<String> hypothesis = sample.hypothesis().symbols();
    return sample.references().stream()
        .map(Text::symbols)
        .map(symbols -> new Edits(EditDistance.between(hypothesis, symbols), symbols.size()))
        .min(Edits.FEWEST)
        .orElseThrow(() -> new IllegalArgumentException("a sample has at least one reference"));
  }
}
