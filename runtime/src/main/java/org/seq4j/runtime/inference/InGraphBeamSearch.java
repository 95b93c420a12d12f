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
 * A beam search that is a loop in the graph, so that the graph alone turns sources into targets. It
 * finds what {@link org.seq4j.runtime.search.Search} finds for the same configuration, the best
 * hypothesis of each source; a greedy search is a beam of 1. The loop ends when no further step can
 * change what is found for any source.
 *
 * @param tokens ids of tokens, {@code [B, T]}, zero beyond each length
 * @param lengths {@code [B]}
 * @param scores natural logarithms of their probabilities, {@code [B]}
 */
public record InGraphBeamSearch(
    Operand<TInt32> tokens, Operand<TInt32> lengths, Operand<TFloat32> scores) {
  /**
   * Adds the ops.
   *
   * @throws RequestException if the configuration has keys that the loop does not obey, or the
   *     model needs what is not in it
   */
  public static InGraphBeamSearch of(
      Scope scope, Seq2SeqModel model, TokenBatch sources, SearchConfig config) {
    InGraphSearchKeys.check(config);
    if (model.source().isVectors() || model.target().isVectors() || model.copies()) {
      throw new RequestException(
          "a search in a graph takes tokens on both sides, none of which are copied");
    }
    return new InGraphBeam(scope, model, config).run(sources);
  }

  /** The keys of {@link SearchConfig} that a search in a graph obeys; others are refused. */
  public static Set<String> supportedKeys() {
    return InGraphSearchKeys.SUPPORTED;
  }
}
