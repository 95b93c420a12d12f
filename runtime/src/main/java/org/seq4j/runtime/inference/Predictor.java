package org.seq4j.runtime.inference;

import java.util.List;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.text.SequenceData;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.model.Seq2SeqModel;

/**
 * A trained model at inference, or an ensemble. The subtypes predict targets: a {@link
 * TokenPredictor} searches, a {@link VectorPredictor} generates. Thread-safe; the caller closes the
 * graphs.
 */
public sealed interface Predictor permits TokenPredictor, VectorPredictor {

  /** Adds the inference ops of a model to a graph, in 32 bits. */
  static Predictor of(Seq2SeqModel model, ModelGraph graph) {
    return of(model, graph, Precision.F32);
  }

  /**
   * Adds the inference ops of a model to a graph.
   *
   * @param steps precision of products with weights in steps of a search; encoding, generation and
   *     scoring use 32 bits
   */
  static Predictor of(Seq2SeqModel model, ModelGraph graph, Precision steps) {
    return model.target().isVectors()
        ? VectorPredictor.of(model, graph)
        : TokenPredictor.of(model, graph, steps);
  }

  /** The number of threads, each of which computes a batch of its own. */
  int threads();

  /** Returns true if the decoder has attention; for an ensemble, that of its first model. */
  boolean hasAttention();

  /**
   * The encoder's stride: source positions per encoder output; for an ensemble, that of its first
   * model.
   */
  int stride();

  /**
   * Encodes sources; for an ensemble, with its first model.
   *
   * @return for each source, the encoder outputs without padding, {@code [S, D]}
   */
  List<float[][]> encode(Sources sources);

  /**
   * Scores given targets by teacher forcing.
   *
   * @param targets one per source
   * @return for tokens, log-probabilities including the end token, and numbers of tokens that were
   *     the most likely ones; for vectors, minus the sum of the mean squared errors, and 0
   */
  List<Metric.ForcedScore> force(Sources sources, List<? extends SequenceData> targets);

  /** Returns the log-probabilities that {@link #force} computes. */
  default double[] score(Sources sources, List<? extends SequenceData> targets) {
    return force(sources, targets).stream()
        .mapToDouble(Metric.ForcedScore::logProbability)
        .toArray();
  }

  /**
   * Checks that given targets can be aligned.
   *
   * @throws RequestException if there is no attention, or the predictor is an ensemble
   */
  void checkAlignment();

  /**
   * Scores given targets and returns the attention weights of each position.
   *
   * @param targets one per source
   * @throws RequestException like {@link #checkAlignment}
   */
  List<ForcedTarget> align(Sources sources, List<? extends SequenceData> targets);
}
