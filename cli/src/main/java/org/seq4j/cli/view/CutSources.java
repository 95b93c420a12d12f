package org.seq4j.cli.view;

import java.util.Optional;
import org.seq4j.runtime.translate.Translation;

/** Counts the sources that are longer than a model reads: it answers what is left of them. */
public final class CutSources {
  private final int maxLength;
  private long cut;
  private long all;

  /** Begins to count the sources of a model that reads so many tokens of each. */
  public CutSources(int maxLength) {
    this.maxLength = maxLength;
  }

  /** Counts a source. */
  public void count(Translation translation) {
    all++;
    cut += translation.cut() ? 1 : 0;
  }

  /** What to tell the user, if any was cut. */
  public Optional<String> warning() {
    return warning(cut, all, maxLength);
  }

  /** What to tell the user, if any of so many sources was cut at the largest length. */
  public static Optional<String> warning(long cut, long all, int maxLength) {
    return cut == 0
        ? Optional.empty()
        : Optional.of(
            "%s of %s %s longer than the model's %s source tokens and %s cut"
                .formatted(
                    NumberFormats.count(cut),
                    NumberFormats.count(all, "line"),
                    cut == 1 ? "is" : "are",
                    NumberFormats.count(maxLength),
                    cut == 1 ? "was" : "were"));
  }
}
