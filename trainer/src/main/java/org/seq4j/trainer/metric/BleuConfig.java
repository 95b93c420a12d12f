package org.seq4j.trainer.metric;

import java.util.Optional;
import org.seq4j.core.config.Key;

/** The keys of {@code bleu}; the defaults are sacreBLEU's. */
public record BleuConfig(
    @Key(
            doc =
                "How raw text is cut: 13a, as WMT does; intl, punctuation of all scripts; zh, Chinese"
                    + " characters apart; char; none, at white space.",
            defaultValue = "'13a'")
        String tokenize,
    @Key(
            doc =
                "What stands for a precision of zero: exp (halved again and again), floor"
                    + " (smooth_value matches), add-k (smooth_value more of each), none.",
            defaultValue = "exp")
        Smoothing smooth,
    @Key(doc = "For floor (0.1 if absent) and add-k (1 if absent).", min = 0)
        Optional<Double> smoothValue,
    @Key(doc = "Whether case does not count.", defaultValue = "false") boolean lowercase,
    @Key(
            doc = "Whether orders that a hypothesis is too short for are left out: for sentences.",
            defaultValue = "false")
        boolean effectiveOrder,
    @Key(doc = "The longest n-grams.", defaultValue = "4", min = 1, max = 10) int order) {

  /** What stands for a precision of zero. */
  public enum Smoothing {
    /** Halved again and again. */
    EXP,
    /** A fixed number of matches. */
    FLOOR,
    /** A fixed number added to matches and totals of bigrams and longer ones. */
    ADD_K,
    /** Nothing: the score is 0. */
    NONE
  }

  /** Checks the name of the tokenization. */
  public BleuConfig {
    BleuTokenization.named(tokenize);
  }

  /** As sacreBLEU does without options. */
  public static final BleuConfig DEFAULT =
      new BleuConfig("13a", Smoothing.EXP, Optional.empty(), false, false, 4);
}
