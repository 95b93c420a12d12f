package org.seq4j.core.metric;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seq4j.core.plugin.Kind;
import org.seq4j.core.text.FeatureSequence;

/** Measures the quality of a set of hypotheses against their references. Thread-safe. */
@Kind("metric")
public interface Metric {

  /** Scores a set of samples. */
  Score score(List<Sample> samples);

  /** Returns true if a larger value is better. */
  boolean higherIsBetter();

  /**
   * Describes how the score was computed, in the form that papers print beside it, so that scores
   * can be compared (Post 2018, "A call for clarity in reporting BLEU scores"). Empty if the metric
   * has no variants.
   */
  default Optional<String> signature(List<Sample> samples) {
    return Optional.empty();
  }

  /**
   * The inputs that the metric needs in addition to the text and tokens of hypotheses and
   * references; none by default. A metric must not need both vectors and forced scores, because
   * vectors have no forced scores.
   */
  default Set<Input> needs() {
    return Set.of();
  }

  /** An input of a metric, in addition to text and tokens. */
  enum Input {
    /** {@link Sample#forcedScore()}: teacher forcing of the first reference. */
    FORCED_SCORES,
    /** {@link Sample#source()}: the text that the model was given. */
    SOURCES,
    /** {@link Text#vectors()}: the targets consist of vectors, not of tokens. */
    VECTORS
  }

  /**
   * A hypothesis and its references.
   *
   * @param hypothesis the output of the model
   * @param references the correct outputs, at least one
   * @param forcedScore the model's score of the first reference; present only if a metric needs
   *     {@link Input#FORCED_SCORES}, and if there are a model and a source that is not empty
   * @param source the text of the source, before it was tokenized; present if a metric needs {@link
   *     Input#SOURCES}
   */
  record Sample(
      Text hypothesis,
      List<Text> references,
      Optional<ForcedScore> forcedScore,
      Optional<String> source) {

    /** Creates a sample without a source. */
    public Sample(Text hypothesis, List<Text> references, Optional<ForcedScore> forcedScore) {
      this(hypothesis, references, forcedScore, Optional.empty());
    }

    /** Creates a sample without a forced score and a source. */
    public Sample(Text hypothesis, List<Text> references) {
      this(hypothesis, references, Optional.empty());
    }
  }

  /**
   * A model's score of a given target, by teacher forcing: each token is predicted from the source
   * and the correct tokens before it. The end token counts as a token.
   *
   * @param logProbability natural logarithm of the target's probability
   * @param tokens number of tokens
   * @param correct number of tokens to which the model gives the highest probability
   */
  record ForcedScore(double logProbability, int tokens, int correct) {}

  /**
   * A hypothesis or a reference.
   *
   * @param raw the text as a reader sees it
   * @param tokens tokens of the text, by the target's tokenizer; for vectors, the text of each
   *     vector
   * @param vectors the numbers, if the target consists of vectors
   */
  record Text(String raw, List<String> tokens, Optional<FeatureSequence> vectors) {

    /** Creates a text without vectors. */
    public Text(String raw, List<String> tokens) {
      this(raw, tokens, Optional.empty());
    }
  }

  /**
   * The value of a metric.
   *
   * @param value the number; a share is between 0 and 1
   * @param display the number as printed: {@code 23.4 %}
   */
  record Score(double value, String display) {}
}
