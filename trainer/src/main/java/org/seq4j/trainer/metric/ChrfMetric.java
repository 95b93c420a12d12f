package org.seq4j.trainer.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seq4j.core.metric.AdditiveMetric;
import org.seq4j.core.plugin.Key;

/**
 * chrF, from 0 to 100: an F-score of character n-grams (Popovic 2015); with word n-grams it is
 * chrF++ (Popovic 2017). It is computed as in sacreBLEU. Of several references, each sample uses
 * the one with the best score.
 */
public final class ChrfMetric implements AdditiveMetric {

  /** The keys of {@code chrf}; the defaults are sacreBLEU's. */
  public record Config(
      @Key(doc = "Max order of character n-grams.", defaultValue = "6", min = 1, max = 20)
          int characterOrder,
      @Key(
              doc = "Max order of word n-grams; 2 makes it chrF++.",
              defaultValue = "0",
              min = 0,
              max = 20)
          int wordOrder,
      @Key(doc = "Weight of recall relative to precision.", defaultValue = "2", min = 1, max = 100)
          int beta,
      @Key(doc = "Whether case is ignored.", defaultValue = "false") boolean lowercase,
      @Key(doc = "Whether white space is part of character n-grams.", defaultValue = "false")
          boolean whitespace,
      @Key(
              doc =
                  "Whether n-gram orders longer than a text are ignored; otherwise they count as zero.",
              defaultValue = "true")
          boolean effectiveOrder) {}

  /** The keys of {@code chrf++}. */
  public record PlusPlusConfig(
      @Key(doc = "Whether case is ignored.", defaultValue = "false") boolean lowercase) {}

  private static final double EPSILON = 1e-16;
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private final Config config;

  /** Creates chrF. */
  public ChrfMetric(Config config) {
    this.config = config;
  }

  /** Creates chrF++, which adds unigrams and bigrams of words. */
  public static ChrfMetric plusPlus(PlusPlusConfig config) {
    return new ChrfMetric(new Config(6, 2, 2, config.lowercase(), false, true));
  }

  /** The n-gram counts of a text by order. */
  private record Counts(List<Map<List<String>, Integer>> byOrder) {}

  private Counts counts(Text text) {
    String raw = config.lowercase() ? text.raw().toLowerCase(Locale.ROOT) : text.raw();
    List<String> words = PythonText.words(raw);
    String kept = config.whitespace() ? raw : String.join("", words);
    List<String> characters =
        kept.codePoints().mapToObj(Character::toString).collect(Collectors.toList());
    List<Map<List<String>, Integer>> byOrder = new ArrayList<>();
    for (int order = 1; order <= config.characterOrder(); order++) {
      byOrder.add(Ngrams.of(characters, order));
    }
    List<String> apart = config.wordOrder() > 0 ? punctuationApart(words) : List.of();
    for (int order = 1; order <= config.wordOrder(); order++) {
      byOrder.add(Ngrams.of(apart, order));
    }
    return new Counts(byOrder);
  }

  /** Splits one punctuation mark off the end of each word, or else off its beginning. */
  private static List<String> punctuationApart(List<String> words) {
    List<String> apart = new ArrayList<>();
    for (String word : words) {
      int last = word.length() - 1;
      if (last > 0 && PUNCTUATION.indexOf(word.charAt(last)) >= 0) {
        apart.add(word.substring(0, last));
        apart.add(word.substring(last));
      } else if (last > 0 && PUNCTUATION.indexOf(word.charAt(0)) >= 0) {
        apart.add(word.substring(0, 1));
        apart.add(word.substring(1));
      } else {
        apart.add(word);
      }
    }
    return apart;
  }

  /**
   * Returns for each order the numbers of n-grams in the hypothesis, in the reference, and in both.
   */
  @Override
  public double[] statistics(Sample sample) {
    Counts hypothesis = counts(sample.hypothesis());
    double[] best = new double[0];
    double bestScore = -1;
    for (Text reference : sample.references()) {
      double[] statistics = statistics(hypothesis, counts(reference));
      double score = value(statistics);
      if (score > bestScore) {
        bestScore = score;
        best = statistics;
      }
    }
    return best;
  }

  private static double[] statistics(Counts hypothesis, Counts reference) {
    int orders = hypothesis.byOrder().size();
    double[] statistics = new double[3 * orders];
    for (int i = 0; i < orders; i++) {
      Map<List<String>, Integer> right = reference.byOrder().get(i);
      Map<List<String>, Integer> found = hypothesis.byOrder().get(i);
      statistics[3 * i] = right.isEmpty() ? 0 : Ngrams.total(found);
      statistics[3 * i + 1] = Ngrams.total(right);
      statistics[3 * i + 2] = Ngrams.common(found, right);
    }
    return statistics;
  }

  private double value(double[] statistics) {
    double factor = (double) config.beta() * config.beta();
    int orders = statistics.length / 3;
    double smoothed = 0;
    double precisions = 0;
    double recalls = 0;
    int effective = 0;
    for (int i = 0; i < orders; i++) {
      double found = statistics[3 * i];
      double right = statistics[3 * i + 1];
      double precision = found > 0 ? statistics[3 * i + 2] / found : EPSILON;
      double recall = right > 0 ? statistics[3 * i + 2] / right : EPSILON;
      double denominator = factor * precision + recall;
      smoothed += denominator > 0 ? (1 + factor) * precision * recall / denominator : EPSILON;
      if (found > 0 && right > 0) {
        precisions += precision;
        recalls += recall;
        effective++;
      }
    }
    if (!config.effectiveOrder()) {
      return 100 * smoothed / orders;
    }
    if (effective == 0 || precisions + recalls == 0) {
      return 0;
    }
    double precision = precisions / effective;
    double recall = recalls / effective;
    return 100 * (1 + factor) * precision * recall / (factor * precision + recall);
  }

  @Override
  public Score score(double[] sum) {
    return Scores.points(value(sum));
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public Optional<String> signature(List<Sample> samples) {
    return Optional.of(
        Signatures.of(
            List.of(
                Signatures.references(samples),
                "case:" + (config.lowercase() ? "lc" : "mixed"),
                "eff:" + (config.effectiveOrder() ? "yes" : "no"),
                "nc:" + config.characterOrder(),
                "nw:" + config.wordOrder(),
                "space:" + (config.whitespace() ? "yes" : "no"))));
  }
}
