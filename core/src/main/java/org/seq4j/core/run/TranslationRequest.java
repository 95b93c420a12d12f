package org.seq4j.core.run;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.seq4j.core.search.SearchConfig;

/**
 * A text to be translated.
 *
 * @param text one line
 * @param search how its targets are searched for
 * @param withAttention whether to report where the model looked, and the places of tokens
 * @param seed what draws for it follow from, beside the seed of the search
 * @param onProgress called after each token, by whichever thread computes, with a supplier of the
 *     best text so far (a beam may change its mind); returning false stops the search
 */
public record TranslationRequest(
    String text,
    SearchConfig search,
    boolean withAttention,
    long seed,
    Optional<Predicate<Supplier<String>>> onProgress) {

  /** Without a listener. */
  public TranslationRequest(String text, SearchConfig search, boolean withAttention) {
    this(text, search, withAttention, 0, Optional.empty());
  }
}
