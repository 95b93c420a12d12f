package org.seq4j.core.run;

import java.util.Optional;
import java.util.function.Predicate;
import org.seq4j.core.search.SearchConfig;

/**
 * A text to be translated.
 *
 * @param text one line
 * @param search how its targets are searched for
 * @param withAttention whether to report where the model looked, and the places of symbols
 * @param seed what draws for it follow from, beside the seed of the search
 * @param goesOn who looks on: is given the best text so far after each symbol (a beam may change
 *     its mind), by whichever thread computes; at false the search ends there
 */
public record TranslationRequest(
    String text,
    SearchConfig search,
    boolean withAttention,
    long seed,
    Optional<Predicate<String>> goesOn) {

  /** That nobody looks on at. */
  public TranslationRequest(String text, SearchConfig search, boolean withAttention) {
    this(text, search, withAttention, 0, Optional.empty());
  }
}
