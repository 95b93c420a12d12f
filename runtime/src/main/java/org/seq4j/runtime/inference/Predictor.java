package org.seq4j.runtime.inference;

import java.util.List;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.text.SequenceData;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.model.Seq2SeqModel;

/**
 * A trained model in use, or an ensemble of them. Predicting targets takes the type that goes with
 * them: a {@link TokenPredictor} searches, a {@link VectorPredictor} generates. May be used by
 * several threads; graphs stay the caller's to close.
 */
public sealed interface Predictor permits TokenPredictor, VectorPredictor {

  /** Adds the ops that a model is used with to a graph, all of them in 32 bits. */
  static Predictor of(Seq2SeqModel model, ModelGraph graph) {
    return of(model, graph, Precision.F32);
  }

  /**
   * Adds the ops that a model is used with to a graph.
   *
   * @param steps the precision in which steps of a search multiply by weights; sources are encoded,
   *     vectors generated and given targets scored in 32 bits
   */
  static Predictor of(Seq2SeqModel model, ModelGraph graph, Precision steps) {
    return model.target().isVectors()
        ? VectorPredictor.of(model, graph)
        : TokenPredictor.of(model, graph, steps);
  }

  /** The number of threads that compute, each a batch of its own. */
  int threads();

  /** Returns true if the decoder has attention; for an ensemble, if its first model has. */
  boolean hasAttention();

  /** The encoder's stride: source positions per encoder output; of an ensemble, the first's. */
  int stride();

  /**
   * Encodes sources; an ensemble with its first model.
   *
   * @return for each source the encoder's outputs, without padding, {@code [S, D]}
   */
  List<float[][]> encode(Sources sources);

  /**
   * Scores given targets, each position predicted from the true ones before it.
   *
   * @param targets one for each source
   * @return for tokens, log-probabilities with the end and the number of most likely tokens; for
   *     vectors, minus the sum of their mean squared errors, and 0
   */
  List<Metric.ForcedScore> force(Sources sources, List<? extends SequenceData> targets);

  /** The log-probabilities that {@link #force} finds. */
  default double[] score(Sources sources, List<? extends SequenceData> targets) {
    return force(sources, targets).stream()
        .mapToDouble(Metric.ForcedScore::logProbability)
        .toArray();
  }

  /**
   * Checks that given targets can be aligned.
   *
   * @throws RequestException if there is no attention, or several models
   */
  void checkAlignment();

  /**
   * Scores given targets, with the attention weights of each position.
   *
   * @param targets one for each source
   * @throws RequestException as {@link #checkAlignment} does
   */
  List<ForcedTarget> align(Sources sources, List<? extends SequenceData> targets);
}
