package org.seq4j.trainer.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.seq4j.core.metric.AdditiveMetric;
import org.seq4j.core.plugin.Key;

/**
 * BLEU, from 0 to 100: the geometric mean of n-gram precisions times a brevity penalty (Papineni et
 * al. 2002). It scores raw text exactly as sacreBLEU does (Post 2018, "A Call for Clarity in
 * Reporting BLEU Scores") and reports its signature.
 */
public final class BleuMetric implements AdditiveMetric {

  /** The keys of {@code bleu}; the defaults are sacreBLEU's. */
  public record Config(
      @Key(
              doc =
                  "Tokenization of raw text: 13a, as in WMT; intl, punctuation of all scripts; zh, single"
                      + " Chinese characters; char, characters; none, at white space.",
              defaultValue = "'13a'")
          String tokenize,
      @Key(
              doc =
                  "Smoothing of zero precisions: exp (repeatedly halved), floor (smooth_value matches),"
                      + " add-k (smooth_value added to matches and totals), none.",
              defaultValue = "exp")
          Smoothing smooth,
      @Key(doc = "Value for floor (default 0.1) and add-k (default 1).", min = 0)
          Optional<Double> smoothValue,
      @Key(doc = "Whether case is ignored.", defaultValue = "false") boolean lowercase,
      @Key(
              doc =
                  "Whether n-gram orders longer than the hypothesis are ignored; for scores of sentences.",
              defaultValue = "false")
          boolean effectiveOrder,
      @Key(doc = "Max order of n-grams.", defaultValue = "4", min = 1, max = 10) int order) {

    /** The smoothing of zero precisions. */
    public enum Smoothing {
      /** Replaces zero precisions by repeatedly halved values. */
      EXP,
      /** Replaces zero matches by a fixed number. */
      FLOOR,
      /** Adds a fixed number to matches and totals of bigrams and longer n-grams. */
      ADD_K,
      /** No smoothing: the score is 0. */
      NONE
    }

    /** Checks the name of the tokenization. */
    public Config {
      BleuTokenization.named(tokenize);
    }

    /** The defaults of sacreBLEU. */
    public static final Config DEFAULT =
        new Config("13a", Smoothing.EXP, Optional.empty(), false, false, 4);
  }

  private static final double LOG_OF_ZERO = -9999999999.0;

  private final Config config;
  private final UnaryOperator<String> tokenization;

  /** Creates the metric. */
  public BleuMetric(Config config) {
    this.config = config;
    this.tokenization = BleuTokenization.named(config.tokenize());
  }

  private List<String> words(Text text) {
    String raw = config.lowercase() ? text.raw().toLowerCase(Locale.ROOT) : text.raw();
    return PythonText.words(tokenization.apply(PythonText.stripRight(raw)));
  }

  /** Returns the lengths of hypothesis and reference, then matches and total of each order. */
  @Override
  public double[] statistics(Sample sample) {
    List<String> hypothesis = words(sample.hypothesis());
    List<List<String>> references = sample.references().stream().map(this::words).toList();
    double[] statistics = new double[2 + 2 * config.order()];
    statistics[0] = hypothesis.size();
    statistics[1] = closestLength(hypothesis.size(), references);
    for (int order = 1; order <= config.order(); order++) {
      Map<List<String>, Integer> most = new HashMap<>();
      for (List<String> reference : references) {
        Ngrams.of(reference, order).forEach((ngram, count) -> most.merge(ngram, count, Math::max));
      }
      Map<List<String>, Integer> found = Ngrams.of(hypothesis, order);
      statistics[2 * order] = Ngrams.common(found, most);
      statistics[2 * order + 1] = Ngrams.total(found);
    }
    return statistics;
  }

  private static int closestLength(int length, List<List<String>> references) {
    int closest = references.get(0).size();
    for (List<String> reference : references) {
      int difference = Math.abs(reference.size() - length) - Math.abs(closest - length);
      if (difference < 0 || (difference == 0 && reference.size() < closest)) {
        closest = reference.size();
      }
    }
    return closest;
  }

  @Override
  public Score score(double[] sum) {
    return Scores.points(bleu(sum));
  }

  private double bleu(double[] sum) {
    boolean anyMatch = false;
    for (int order = 1; order <= config.order(); order++) {
      anyMatch |= sum[2 * order] > 0;
    }
    if (!anyMatch) {
      return 0;
    }
    double logs = 0;
    int orders = config.effectiveOrder() ? 0 : config.order();
    double halved = 1;
    for (int order = 1; order <= config.order(); order++) {
      double matches = sum[2 * order];
      double total = sum[2 * order + 1];
      if (config.smooth() == Config.Smoothing.ADD_K && order > 1) {
        matches += smoothValue();
        total += smoothValue();
      }
      if (total == 0) { // too short for this order and all longer ones
        logs += (orders - Math.min(orders, order - 1)) * LOG_OF_ZERO;
        break;
      }
      orders = config.effectiveOrder() ? order : orders;
      double precision = matches / total;
      if (matches == 0 && config.smooth() == Config.Smoothing.EXP) {
        halved *= 2;
        precision = 1 / (halved * total);
      } else if (matches == 0 && config.smooth() == Config.Smoothing.FLOOR) {
        precision = smoothValue() / total;
      }
      logs += precision == 0 ? LOG_OF_ZERO : Math.log(100 * precision);
    }
    double penalty = sum[0] < sum[1] ? Math.exp(1 - sum[1] / sum[0]) : 1;
    return penalty * Math.exp(logs / orders);
  }

  private double smoothValue() {
    return config.smoothValue().orElse(config.smooth() == Config.Smoothing.ADD_K ? 1.0 : 0.1);
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public Optional<String> signature(List<Sample> samples) {
    String smooth = config.smooth().name().toLowerCase(Locale.ROOT).replace('_', '-');
    boolean hasValue =
        config.smooth() == Config.Smoothing.FLOOR || config.smooth() == Config.Smoothing.ADD_K;
    List<String> parts = new ArrayList<>();
    parts.add(Signatures.references(samples));
    parts.add("case:" + (config.lowercase() ? "lc" : "mixed"));
    parts.add("eff:" + (config.effectiveOrder() ? "yes" : "no"));
    parts.add("tok:" + config.tokenize());
    parts.add(
        "smooth:" + smooth + (hasValue ? String.format(Locale.ROOT, "[%.2f]", smoothValue()) : ""));
    return Optional.of(Signatures.of(parts));
  }
}
