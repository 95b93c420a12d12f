package org.seq4j.runtime.translate;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.runtime.search.SearchConfig;

/**
 * A source to translate.
 *
 * @param source one line of text, or vectors
 * @param search configuration of the search
 * @param withAttention whether to return attention weights and offsets of tokens
 * @param seed seed of the samples for this source, combined with the seed of the search
 * @param onProgress called after each token, in the thread that computes, with a supplier of the
 *     best text so far, which later steps of a beam search may change; returning false stops the
 *     search
 */
public record TranslationRequest(
    ExampleValue source,
    SearchConfig search,
    boolean withAttention,
    long seed,
    Optional<Predicate<Supplier<String>>> onProgress) {

  /** Creates a request for a text. */
  public TranslationRequest(
      String text,
      SearchConfig search,
      boolean withAttention,
      long seed,
      Optional<Predicate<Supplier<String>>> onProgress) {
    this(new TextValue(text), search, withAttention, seed, onProgress);
  }

  /** Creates a request for a text, without progress. */
  public TranslationRequest(String text, SearchConfig search, boolean withAttention) {
    this(text, search, withAttention, 0, Optional.empty());
  }
}
