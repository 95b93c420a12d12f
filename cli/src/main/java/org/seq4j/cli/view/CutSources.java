package org.seq4j.cli.view;

import java.util.Optional;
import org.seq4j.runtime.translate.Translation;

/** Counts the sources that are truncated, as they are longer than the model's max length. */
public final class CutSources {
  private final int maxLength;
  private long cut;
  private long all;

  /** Creates a counter for a model with this maximum source length, in tokens. */
  public CutSources(int maxLength) {
    this.maxLength = maxLength;
  }

  /** Counts a source. */
  public void count(Translation translation) {
    all++;
    cut += translation.cut() ? 1 : 0;
  }

  /** Returns a warning for the user if any source was truncated. */
  public Optional<String> warning() {
    return warning(cut, all, maxLength);
  }

  /** Returns a warning for the user if {@code cut} of {@code all} sources were truncated. */
  public static Optional<String> warning(long cut, long all, int maxLength) {
    return cut == 0
        ? Optional.empty()
        : Optional.of(
            "%s of %s %s longer than the model's %s source tokens and %s truncated"
                .formatted(
                    NumberFormats.count(cut),
                    NumberFormats.count(all, "line"),
                    cut == 1 ? "is" : "are",
                    NumberFormats.count(maxLength),
                    cut == 1 ? "was" : "were"));
  }
}
