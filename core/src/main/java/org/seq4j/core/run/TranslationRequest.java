package org.seq4j.core.run;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.search.SearchConfig;

/**
 * A source to be translated.
 *
 * @param source one line of text, or vectors
 * @param search how its targets are searched for
 * @param withAttention whether to report where the model looked, and the places of symbols
 * @param seed what draws for it follow from, beside the seed of the search
 * @param goesOn who looks on: asked after each symbol, by whichever thread computes, with what
 *     joins the best text so far if it is wanted (a beam may change its mind); at false the search
 *     ends there
 */
public record TranslationRequest(
    ExampleValue source,
    SearchConfig search,
    boolean withAttention,
    long seed,
    Optional<Predicate<Supplier<String>>> goesOn) {

  /** A text. */
  public TranslationRequest(
      String text,
      SearchConfig search,
      boolean withAttention,
      long seed,
      Optional<Predicate<Supplier<String>>> goesOn) {
    this(new TextValue(text), search, withAttention, seed, goesOn);
  }

  /** A text that nobody looks on at. */
  public TranslationRequest(String text, SearchConfig search, boolean withAttention) {
    this(text, search, withAttention, 0, Optional.empty());
  }
}
