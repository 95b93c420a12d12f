package org.seq4j.trainer.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.seq4j.core.metric.AdditiveMetric;

/**
 * BLEU, from 0 to 100: the geometric mean of the precisions of n-grams, times a penalty for being
 * short (Papineni et al. 2002), on raw text and in each detail as sacreBLEU computes it (Post 2018,
 * "A Call for Clarity in Reporting BLEU Scores"), whose signature it gives.
 */
final class Bleu implements AdditiveMetric {
  private static final double LOG_OF_ZERO = -9999999999.0;

  private final BleuConfig config;
  private final UnaryOperator<String> tokenization;

  Bleu(BleuConfig config) {
    this.config = config;
    this.tokenization = BleuTokenization.named(config.tokenize());
  }

  private List<String> words(Text text) {
    String raw = config.lowercase() ? text.raw().toLowerCase(Locale.ROOT) : text.raw();
    return PythonText.words(tokenization.apply(PythonText.stripRight(raw)));
  }

  /** Length of the hypothesis, of the reference, then matches and totals of each order. */
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
      if (config.smooth() == BleuConfig.Smoothing.ADD_K && order > 1) {
        matches += smoothValue();
        total += smoothValue();
      }
      if (total == 0) { // too short for this order and all longer ones
        logs += (orders - Math.min(orders, order - 1)) * LOG_OF_ZERO;
        break;
      }
      orders = config.effectiveOrder() ? order : orders;
      double precision = matches / total;
      if (matches == 0 && config.smooth() == BleuConfig.Smoothing.EXP) {
        halved *= 2;
        precision = 1 / (halved * total);
      } else if (matches == 0 && config.smooth() == BleuConfig.Smoothing.FLOOR) {
        precision = smoothValue() / total;
      }
      logs += precision == 0 ? LOG_OF_ZERO : Math.log(100 * precision);
    }
    double penalty = sum[0] < sum[1] ? Math.exp(1 - sum[1] / sum[0]) : 1;
    return penalty * Math.exp(logs / orders);
  }

  private double smoothValue() {
    return config.smoothValue().orElse(config.smooth() == BleuConfig.Smoothing.ADD_K ? 1.0 : 0.1);
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public Optional<String> signature(List<Sample> samples) {
    String smooth = config.smooth().name().toLowerCase(Locale.ROOT).replace('_', '-');
    boolean hasValue =
        config.smooth() == BleuConfig.Smoothing.FLOOR
            || config.smooth() == BleuConfig.Smoothing.ADD_K;
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
