package org.seq4j.runtime.inference;

import java.util.Set;
import org.seq4j.core.graph.Scope;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.TokenBatch;
import org.seq4j.runtime.search.SearchConfig;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A beam search as a loop in the graph, so that the graph alone translates sources to targets. It
 * finds the same best hypothesis of each source as {@link org.seq4j.runtime.search.Search} with the
 * same configuration; a greedy search is a beam of 1. The loop ends when no further step can change
 * a result.
 *
 * @param tokens token ids, {@code [B, T]}, 0 beyond each length
 * @param lengths {@code [B]}
 * @param scores natural logarithms of the probabilities, {@code [B]}
 */
public record InGraphBeamSearch(
    Operand<TInt32> tokens, Operand<TInt32> lengths, Operand<TFloat32> scores) {
  /**
   * Adds the ops.
   *
   * @throws RequestException if the configuration sets keys that the loop does not support, or the
   *     model is not supported
   */
  public static InGraphBeamSearch of(
      Scope scope, Seq2SeqModel model, TokenBatch sources, SearchConfig config) {
    InGraphSearchKeys.check(config);
    if (model.source().isVectors() || model.target().isVectors() || model.copies()) {
      throw new RequestException(
          "the search of a saved-model needs tokens on both sides, and a model that does not copy");
    }
    return new InGraphBeam(scope, model, config).run(sources);
  }

  /**
   * The keys of {@link SearchConfig} that a search in a graph supports; others must have their
   * defaults.
   */
  public static Set<String> supportedKeys() {
    return InGraphSearchKeys.SUPPORTED;
  }
}
