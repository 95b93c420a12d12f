package org.seq4j.trainer.metric;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.metric.AdditiveMetric;
import org.seq4j.core.plugin.Key;

/**
 * The translation edit rate in percent: insertions, deletions, substitutions and shifts of phrases
 * from the hypothesis to the reference, divided by the mean length of the references (Snover et al.
 * 2006), as sacreBLEU and Tercom compute it.
 */
public final class TerMetric implements AdditiveMetric {

  /** The keys of {@code ter}; the defaults are sacreBLEU's and Tercom's. */
  public record Config(
      @Key(doc = "Whether punctuation is separated from words.", defaultValue = "false")
          boolean normalized,
      @Key(doc = "Whether punctuation is kept.", defaultValue = "true") boolean punctuation,
      @Key(
              doc = "With normalized: whether each Chinese or Japanese character is a word.",
              defaultValue = "false")
          boolean asianSupport,
      @Key(doc = "Whether case is respected.", defaultValue = "false") boolean caseSensitive) {}

  private final Config config;
  private final TerTokenization tokenization;

  /** Creates the metric. */
  public TerMetric(Config config) {
    this.config = config;
    this.tokenization = new TerTokenization(config);
  }

  private List<String> words(Text text) {
    return PythonText.words(tokenization.apply(PythonText.stripRight(text.raw())));
  }

  /** Returns the smallest number of edits to a reference, and the mean length of the references. */
  @Override
  public double[] statistics(Sample sample) {
    List<String> hypothesis = words(sample.hypothesis());
    int fewest = Integer.MAX_VALUE;
    double lengths = 0;
    for (Text reference : sample.references()) {
      List<String> words = words(reference);
      lengths += words.size();
      fewest = Math.min(fewest, TerEdits.between(hypothesis, words));
    }
    return new double[] {fewest, lengths / sample.references().size()};
  }

  @Override
  public Score score(double[] sum) {
    double rate = sum[1] > 0 ? sum[0] / sum[1] : sum[0] > 0 ? 1 : 0;
    return Scores.points(100 * rate);
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public Optional<String> signature(List<Sample> samples) {
    return Optional.of(
        Signatures.of(
            List.of(
                Signatures.references(samples),
                "case:" + (config.caseSensitive() ? "mixed" : "lc"),
                "tok:tercom",
                "norm:" + (config.normalized() ? "yes" : "no"),
                "punct:" + (config.punctuation() ? "yes" : "no"),
                "asian:" + (config.asianSupport() ? "yes" : "no"))));
  }
}
