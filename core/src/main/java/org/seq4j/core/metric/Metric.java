package org.seq4j.core.metric;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.plugin.Kind;
import org.seq4j.core.text.FeatureSequence;

/** A measure of how good hypotheses are, over a whole set of them. Thread-safe. */
@Kind("metric")
public interface Metric {

  /** Scores a set of samples. */
  Score score(List<Sample> samples);

  /** Whether a larger value is a better one. */
  boolean higherIsBetter();

  /**
   * How it was computed, in the form that its field writes beside figures, so that they can be
   * compared; empty if there is but one way.
   */
  default Optional<String> signature(List<Sample> samples) {
    return Optional.empty();
  }

  /** Whether it needs to know what the model says of the references: {@link Sample#forced()}. */
  default boolean needsForced() {
    return false;
  }

  /** Whether it measures vectors rather than symbols. */
  default boolean measuresVectors() {
    return false;
  }

  /**
   * A hypothesis and the references it may match.
   *
   * @param hypothesis what the model said
   * @param references what would be right, at least one
   * @param forced what the model says of the first reference; there only for metrics that need it,
   *     and if there is a model and a source
   */
  record Sample(Text hypothesis, List<Text> references, Optional<Forced> forced) {

    /** Without a model. */
    public Sample(Text hypothesis, List<Text> references) {
      this(hypothesis, references, Optional.empty());
    }
  }

  /**
   * What a model says of a given target, each of its symbols after the true ones before it.
   *
   * @param logProbability the natural logarithm of its probability, its end included
   * @param symbols how many it has, its end included
   * @param right how many of them are the most likely ones
   */
  record Forced(double logProbability, int symbols, int right) {}

  /**
   * A text, raw and cut into symbols; or vectors.
   *
   * @param raw as a reader sees it
   * @param symbols as the target's tokenizer cuts it; of vectors each as text
   * @param vectors the numbers, if the target is of vectors
   */
  record Text(String raw, List<String> symbols, Optional<FeatureSequence> vectors) {

    /** Of symbols. */
    public Text(String raw, List<String> symbols) {
      this(raw, symbols, Optional.empty());
    }
  }

  /**
   * The outcome.
   *
   * @param value the figure; a share is between 0 and 1
   * @param display the figure as it is printed, "23.4 %"
   */
  record Score(double value, String display) {}
}
