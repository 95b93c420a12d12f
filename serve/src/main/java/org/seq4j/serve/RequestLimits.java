package org.seq4j.serve;

import java.util.List;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.runtime.codec.SequenceFormatException;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translator;

/**
 * How much a request may ask for.
 *
 * @param options those of the server
 */
record RequestLimits(ServerOptions options) {

  /** How many times as long as the longest source a target may be. */
  private static final int LONGER = 10;

  /**
   * Checks that a list of a request is not too long.
   *
   * @param name of the key
   */
  void checkCount(List<?> list, String name) {
    if (list.size() > options.maxTexts()) {
      throw new ApiError(
          422,
          "too-many-texts",
          "%s: at most %d at once, got %d".formatted(name, options.maxTexts(), list.size()));
    }
  }

  /**
   * Checks a text.
   *
   * @param name of the key
   */
  void checkText(String text, String name) {
    if (text == null) {
      throw ApiError.bad(name + ": expected a text, got null");
    }
    if (text.length() > options.maxText()) {
      throw new ApiError(
          422,
          "text-too-long",
          "%s: at most %d characters, got %d".formatted(name, options.maxText(), text.length()));
    }
  }

  /** A text as the model reads it. */
  static ExampleValue source(Translator translator, String text) {
    try {
      return translator.source().read(new TextValue(text));
    } catch (SequenceFormatException e) {
      throw ApiError.bad("text: " + e.getMessage());
    }
  }

  /** Checks how much a search computes for a text. */
  void checkSearch(SearchConfig search) {
    int hypotheses =
        switch (search.type()) {
          case GREEDY -> 1;
          case BEAM -> search.size();
          case SAMPLING -> search.nBest();
        };
    if (hypotheses > options.maxBeam()) {
      throw ApiError.bad(
          "search: at most %d hypotheses for a text, got %d"
              .formatted(options.maxBeam(), hypotheses));
    }
    int longest = search.length().maxFor(options.maxText());
    if (longest > LONGER * options.maxText()) {
      throw ApiError.bad(
          "search.length: targets may have at most %d tokens, got %d"
              .formatted(LONGER * options.maxText(), longest));
    }
  }
}
