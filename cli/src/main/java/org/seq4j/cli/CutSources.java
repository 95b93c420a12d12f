package org.seq4j.cli;

import java.util.Optional;
import org.seq4j.core.run.TextCodec;
import org.seq4j.core.run.Translation;
import org.seq4j.core.text.Tokenizer;

/** Counts the sources that are longer than a model reads: it answers what is left of them. */
final class CutSources {
  private final Tokenizer tokenizer;
  private final int maxLength;
  private long cut;
  private long all;

  /**
   * Begins to count.
   *
   * @param tokenizer of the sources
   * @param maxLength how many symbols of a source the model reads
   */
  CutSources(Tokenizer tokenizer, int maxLength) {
    this.tokenizer = tokenizer;
    this.maxLength = maxLength;
  }

  /** Begins to count the sources of a model. */
  CutSources(TextCodec source) {
    this(source.tokenizer(), source.maxLength());
  }

  /** Counts a source, and tells whether it was cut. */
  boolean count(Translation translation) {
    all++;
    boolean isCut =
        translation.sourceSymbols().size() >= maxLength
            && tokenizer.symbols(translation.source()).size() > maxLength;
    cut += isCut ? 1 : 0;
    return isCut;
  }

  /** What to tell the user, if any was cut. */
  Optional<String> warning() {
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
