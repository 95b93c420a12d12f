package org.seq4j.serve;

import java.util.List;
import java.util.Locale;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.runtime.codec.SequenceFormatException;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translator;

/**
 * Limits of requests.
 *
 * @param options the limits
 */
record RequestLimits(ServerOptions.Limits options) {

  /** Maximum ratio of the length of a target to the maximum length of a source. */
  private static final int LONGER = 10;

  /**
   * Checks that a list of a request is not too long.
   *
   * @param name the name of the key
   */
  void checkCount(List<?> list, String name) {
    if (list.size() > options.maxTexts()) {
      throw ApiError.over(
          "too-many-texts",
          String.format(
              Locale.ROOT,
              "%s: expected at most %d, got %d",
              name,
              options.maxTexts(),
              list.size()));
    }
  }

  /**
   * Checks the length of a text.
   *
   * @param name the name of the key
   */
  void checkText(String text, String name) {
    if (text == null) {
      throw ApiError.bad(name + ": expected a text, got null");
    }
    if (text.length() > options.maxText()) {
      throw ApiError.over(
          "text-too-long",
          String.format(
              Locale.ROOT,
              "%s: expected at most %d characters, got %d",
              name,
              options.maxText(),
              text.length()));
    }
  }

  /** Returns a text as a source of the model. */
  static ExampleValue source(Translator translator, String text) {
    try {
      return translator.source().read(new TextValue(text));
    } catch (SequenceFormatException e) {
      throw ApiError.bad("text: " + e.getMessage());
    }
  }

  /** Checks the numbers of hypotheses and of tokens that a search may compute for a text. */
  void checkSearch(SearchConfig search) {
    int hypotheses =
        switch (search.type()) {
          case GREEDY -> 1;
          case BEAM -> search.size();
          case SAMPLING -> search.nBest();
        };
    if (hypotheses > options.maxBeam()) {
      throw ApiError.over(
          "too-many-hypotheses",
          String.format(
              Locale.ROOT,
              "search: expected at most %d hypotheses for a text, got %d",
              options.maxBeam(),
              hypotheses));
    }
    int longest = search.length().maxFor(options.maxText());
    if (longest > LONGER * options.maxText()) {
      throw ApiError.over(
          "target-too-long",
          String.format(
              Locale.ROOT,
              "search.length: expected targets of at most %d tokens, got %d",
              LONGER * options.maxText(),
              longest));
    }
  }
}
