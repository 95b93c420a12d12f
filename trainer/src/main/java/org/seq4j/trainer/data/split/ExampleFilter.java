package org.seq4j.trainer.data.split;

import java.lang.Character.UnicodeScript;
import java.util.Optional;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.trainer.data.corpus.SkippedExamples;

/**
 * A filter of examples by their text. It remembers examples to find duplicates: use a new filter
 * for each pass.
 */
public final class ExampleFilter {
  private static final long SEED = 1;
  private static final double MOST = 0.5; // max share of letters in the script to be skipped

  private final FilterConfig config;
  private final LongSet seen = new LongSet();

  public ExampleFilter(FilterConfig config) {
    this.config = config;
  }

  /** Returns the reason to skip an example; empty if it is kept. */
  public Optional<SkippedExamples.Reason> reason(Example example) {
    if (isOther(example.source(), config.scriptOfSource())
        || isOther(example.target(), config.scriptOfTarget())) {
      return Optional.of(SkippedExamples.Reason.SCRIPT);
    }
    return isDuplicate(example) ? Optional.of(SkippedExamples.Reason.DUPLICATE) : Optional.empty();
  }

  /** Finds duplicates by a 64-bit hash; collisions are negligible. */
  private boolean isDuplicate(Example example) {
    return switch (config.duplicates()) {
      case NONE -> false;
      case SOURCE -> !seen.add(StableHash.of(example.source().text(), SEED));
      case PAIR ->
          !seen.add(StableHash.of(example.source().text() + "\0" + example.target().text(), SEED));
    };
  }

  /** Returns true if the text has letters and at most half of them belong to the script. */
  private static boolean isOther(ExampleValue value, Optional<UnicodeScript> script) {
    if (script.isEmpty()) {
      return false;
    }
    String text = value.text();
    long letters = text.codePoints().filter(Character::isLetter).count();
    long right =
        text.codePoints()
            .filter(Character::isLetter)
            .filter(c -> UnicodeScript.of(c) == script.get())
            .count();
    return letters > 0 && right <= MOST * letters;
  }
}
