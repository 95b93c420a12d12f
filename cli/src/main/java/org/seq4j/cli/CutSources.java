package org.seq4j.cli;

import java.util.Optional;
import org.seq4j.core.run.Translation;

/** Counts the sources that are longer than a model reads: it answers what is left of them. */
final class CutSources {
  private final int maxLength;
  private long cut;
  private long all;

  /** Begins to count the sources of a model that reads so many symbols of each. */
  CutSources(int maxLength) {
    this.maxLength = maxLength;
  }

  /** Counts a source. */
  void count(Translation translation) {
    all++;
    cut += translation.cut() ? 1 : 0;
  }

  /** What to tell the user, if any was cut. */
  Optional<String> warning() {
    return warning(cut, all, maxLength);
  }

  /** What to tell the user, if any of so many sources was cut at the largest length. */
  static Optional<String> warning(long cut, long all, int maxLength) {
    return cut == 0
        ? Optional.empty()
        : Optional.of(
            "%s of %s %s longer than the model's %s source symbols and %s cut"
                .formatted(
                    Figures.count(cut),
                    Figures.count(all, "line"),
                    cut == 1 ? "is" : "are",
                    Figures.count(maxLength),
                    cut == 1 ? "was" : "were"));
  }
}
