package org.seq4j.cli.view;

import java.util.Optional;
import org.seq4j.runtime.search.Ending;
import org.seq4j.runtime.translate.Translation;

/** Counts the answers that end because the rules of the search allow no further token. */
public final class DeadEnds {
  private long ends;
  private long all;

  /** Counts the best answer for a source. */
  public void count(Translation translation) {
    count(translation.best().ending());
  }

  /** Counts an answer. */
  public void count(Ending ending) {
    all++;
    ends += ending == Ending.DEAD_END ? 1 : 0;
  }

  /** Returns a warning for the user if there were any. */
  public Optional<String> warning() {
    return ends == 0
        ? Optional.empty()
        : Optional.of(
            "warning: %s of %s %s incomplete: the rules of the search allowed no further token (dead end). Check search.rules and search.constraints for rules that exclude each other"
                .formatted(
                    NumberFormats.count(ends),
                    NumberFormats.count(all, "answer"),
                    ends == 1 ? "is" : "are"));
  }
}
