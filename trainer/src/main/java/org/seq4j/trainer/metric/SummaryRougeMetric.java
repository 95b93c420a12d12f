package org.seq4j.trainer.metric;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.seq4j.core.metric.AdditiveMetric;
import org.seq4j.core.plugin.Key;
import org.seq4j.trainer.metric.RougeMetric.Config.Figure;

/**
 * ROUGE-Lsum, as Google's rouge-score computes it: for each sentence of the reference, the union of
 * its longest common subsequences with all sentences of the hypothesis (Lin 2004, section 3.2). A
 * word counts at most as often as it occurs in either text. The mean is over samples, each with its
 * best reference.
 */
public final class SummaryRougeMetric implements AdditiveMetric {

  /** The keys of {@code rouge-lsum}. */
  public record Config(
      @Key(
              doc =
                  "Whether words of more than three letters are stemmed (Porter stemmer, English).",
              defaultValue = "false")
          boolean stem,
      @Key(doc = "Score to report: fmeasure, precision or recall.", defaultValue = "fmeasure")
          Figure figure,
      @Key(
              doc =
                  "Text that separates sentences within a line, such as <q>. Absent: a line is one"
                      + " sentence. A line break in a text always separates.",
              example = "<q>")
          Optional<String> separator) {

    /** Checks that the separator is not empty. */
    public Config {
      if (separator.filter(String::isEmpty).isPresent()) {
        throw new IllegalArgumentException("separator: expected a text, such as <q>, got none");
      }
    }
  }

  private final Config config;
  private final Pattern boundary;

  /** Creates the metric. */
  public SummaryRougeMetric(Config config) {
    this.config = config;
    this.boundary =
        Pattern.compile("\n" + config.separator().map(it -> "|" + Pattern.quote(it)).orElse(""));
  }

  private List<List<String>> sentences(Text text) {
    return Stream.of(boundary.split(text.raw(), -1))
        .map(sentence -> RougeMetric.words(sentence, config.stem()))
        .filter(words -> !words.isEmpty())
        .toList();
  }

  @Override
  public double[] statistics(Sample sample) {
    List<List<String>> hypothesis = sentences(sample.hypothesis());
    double best =
        sample.references().stream()
            .mapToDouble(reference -> figure(hypothesis, sentences(reference)))
            .max()
            .orElseThrow();
    return new double[] {best, 1};
  }

  private double figure(List<List<String>> hypothesis, List<List<String>> reference) {
    List<String> written = hypothesis.stream().flatMap(List::stream).toList();
    List<String> right = reference.stream().flatMap(List::stream).toList();
    Map<List<String>, Integer> leftWritten = Ngrams.of(written, 1);
    Map<List<String>, Integer> leftRight = Ngrams.of(right, 1);
    int matches = 0;
    for (List<String> sentence : reference) {
      BitSet union = new BitSet();
      hypothesis.forEach(other -> union.or(common(sentence, other)));
      for (int i = union.nextSetBit(0); i >= 0; i = union.nextSetBit(i + 1)) {
        List<String> word = List.of(sentence.get(i));
        if (leftWritten.getOrDefault(word, 0) > 0 && leftRight.getOrDefault(word, 0) > 0) {
          leftWritten.merge(word, -1, Integer::sum);
          leftRight.merge(word, -1, Integer::sum);
          matches++;
        }
      }
    }
    return config.figure().of(matches, written.size(), right.size());
  }

  /** Returns the positions in {@code a} of its longest common subsequence with {@code b}. */
  private static BitSet common(List<String> a, List<String> b) {
    int[][] lengths = new int[a.size() + 1][b.size() + 1];
    for (int i = 1; i <= a.size(); i++) {
      for (int j = 1; j <= b.size(); j++) {
        lengths[i][j] =
            a.get(i - 1).equals(b.get(j - 1))
                ? lengths[i - 1][j - 1] + 1
                : Math.max(lengths[i - 1][j], lengths[i][j - 1]);
      }
    }
    BitSet positions = new BitSet();
    int i = a.size();
    int j = b.size();
    while (i > 0 && j > 0) {
      if (a.get(i - 1).equals(b.get(j - 1))) {
        positions.set(--i);
        j--;
      } else if (lengths[i][j - 1] > lengths[i - 1][j]) { // ties as in rouge-score
        j--;
      } else {
        i--;
      }
    }
    return positions;
  }

  @Override
  public Score score(double[] sum) {
    return Scores.points(100 * sum[0] / sum[1]);
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }
}
