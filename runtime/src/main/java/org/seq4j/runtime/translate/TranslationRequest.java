package org.seq4j.runtime.translate;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.runtime.search.SearchConfig;

/**
 * A source to be translated.
 *
 * @param source one line of text, or vectors
 * @param search how its targets are searched for
 * @param withAttention whether to report where the model looked, and the places of tokens
 * @param seed what draws for it follow from, beside the seed of the search
 * @param onProgress called after each token, by whichever thread computes, with a supplier of the
 *     best text so far (a beam may change its mind); returning false stops the search
 */
public record TranslationRequest(
    ExampleValue source,
    SearchConfig search,
    boolean withAttention,
    long seed,
    Optional<Predicate<Supplier<String>>> onProgress) {

  /** A text. */
  public TranslationRequest(
      String text,
      SearchConfig search,
      boolean withAttention,
      long seed,
      Optional<Predicate<Supplier<String>>> onProgress) {
    this(new TextValue(text), search, withAttention, seed, onProgress);
  }

  /** A text, without a listener. */
  public TranslationRequest(String text, SearchConfig search, boolean withAttention) {
    this(text, search, withAttention, 0, Optional.empty());
  }
}
