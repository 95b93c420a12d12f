package org.seq4j.trainer.objective;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.training.Objective;

/**
 * The targets that the objective {@code ctc} can align, counted.
 *
 * @param stride source positions per encoder output
 */
public record CtcTargets(int stride) {

  /** Returns true if {@code ctc} is one of the objectives of a training. */
  public static boolean areTrained(List<Component<Objective>> objectives) {
    return objectives.stream()
        .anyMatch(it -> it.config() instanceof Ctc.Config ctc && ctc.weight() > 0);
  }

  /**
   * Returns true if a target can be aligned: it needs an encoder output for each token, and one
   * more between equal neighbours.
   */
  public boolean canAlign(SequenceData source, SequenceData target) {
    int needed = target.length();
    if (target instanceof TokenIds tokens) {
      for (int t = 1; t < tokens.length(); t++) {
        needed += tokens.ids()[t] == tokens.ids()[t - 1] ? 1 : 0;
      }
    }
    return needed <= (source.length() + stride - 1) / stride;
  }

  /**
   * Returns a note for users about examples that cannot be aligned, if there are any.
   *
   * @param split name of the split
   */
  public Optional<String> note(String split, long count, long examples) {
    return count == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s: %d of %d examples have too few encoder outputs for CTC, which needs one for"
                    + " each target token and one more between equal neighbours; they add nothing"
                    + " to the objective ctc. Let the encoder shorten sources by less than %d, or"
                    + " use larger target tokens",
                split,
                count,
                examples,
                stride));
  }
}
