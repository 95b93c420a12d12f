package org.seq4j.trainer.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import java.util.regex.Pattern;
import org.seq4j.core.metric.AdditiveMetric;
import org.seq4j.core.plugin.Key;
import org.tartarus.snowball.ext.porterStemmer;

/**
 * ROUGE (Lin 2004), as ROUGE-1.5.5 and Google's rouge-score compute it: the overlap of hypothesis
 * and reference in words, word bigrams or the longest common subsequence, averaged over samples.
 * Each sample uses its best reference.
 *
 * <p>Words are lower-case runs of a to z and 0 to 9: ROUGE is made for English.
 */
public final class RougeMetric implements AdditiveMetric {

  /** The keys of {@code rouge-1}, {@code rouge-2} and {@code rouge-l}. */
  public record Config(
      @Key(
              doc =
                  "Whether words of more than three letters are stemmed (Porter stemmer, English).",
              defaultValue = "false")
          boolean stem,
      @Key(doc = "Score to report: fmeasure, precision or recall.", defaultValue = "fmeasure")
          Figure figure) {

    /** The score to report. */
    public enum Figure {
      /** The harmonic mean of precision and recall. */
      FMEASURE,
      /** The overlap divided by the hypothesis. */
      PRECISION,
      /** The overlap divided by the reference. */
      RECALL;

      /** Computes the score from the size of the overlap and those of both texts. */
      double of(double matches, int hypothesis, int reference) {
        double precision = matches / Math.max(1, hypothesis);
        double recall = matches / Math.max(1, reference);
        return switch (this) {
          case PRECISION -> precision;
          case RECALL -> recall;
          case FMEASURE -> matches == 0 ? 0 : 2 * precision * recall / (precision + recall);
        };
      }
    }
  }

  private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");
  private static final int SHORTEST_STEMMED = 4;

  private final Config config;
  private final ToDoubleBiFunction<List<String>, List<String>> common;
  private final int shorter; // number of words minus number of units

  private RougeMetric(
      Config config, int shorter, ToDoubleBiFunction<List<String>, List<String>> common) {
    this.config = config;
    this.shorter = shorter;
    this.common = common;
  }

  /** Creates ROUGE of n-grams of an order. */
  public static RougeMetric ofNgrams(Config config, int order) {
    return new RougeMetric(
        config, order - 1, (a, b) -> Ngrams.common(Ngrams.of(a, order), Ngrams.of(b, order)));
  }

  /** Creates ROUGE of the longest common subsequence. */
  public static RougeMetric ofSubsequences(Config config) {
    return new RougeMetric(config, 0, RougeMetric::longestCommon);
  }

  /** Returns the words of a text. */
  static List<String> words(String text, boolean stem) {
    List<String> words = new ArrayList<>();
    for (String word : OTHER.split(text.toLowerCase(Locale.ROOT), -1)) {
      if (!word.isEmpty()) {
        words.add(stem && word.length() >= SHORTEST_STEMMED ? stem(word) : word);
      }
    }
    return words;
  }

  private static String stem(String word) {
    porterStemmer stemmer = new porterStemmer();
    stemmer.setCurrent(word);
    stemmer.stem();
    return stemmer.getCurrent();
  }

  @Override
  public double[] statistics(Sample sample) {
    List<String> hypothesis = words(sample.hypothesis().raw(), config.stem());
    double best =
        sample.references().stream()
            .mapToDouble(reference -> figure(hypothesis, words(reference.raw(), config.stem())))
            .max()
            .orElseThrow();
    return new double[] {best, 1};
  }

  private double figure(List<String> hypothesis, List<String> reference) {
    return config
        .figure()
        .of(
            common.applyAsDouble(hypothesis, reference),
            hypothesis.size() - shorter,
            reference.size() - shorter);
  }

  private static double longestCommon(List<String> a, List<String> b) {
    int[] row = new int[b.size() + 1];
    for (String word : a) {
      int diagonal = 0;
      for (int j = 1; j <= b.size(); j++) {
        int above = row[j];
        row[j] = word.equals(b.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
        diagonal = above;
      }
    }
    return row[b.size()];
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
