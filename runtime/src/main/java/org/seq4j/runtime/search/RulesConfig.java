package org.seq4j.runtime.search;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.plugin.Key;

/** Rules for the tokens of a hypothesis. */
public record RulesConfig(
    @Key(
            doc =
                "The length of n-grams that must not occur twice in a hypothesis. 0: no such"
                    + " rule.",
            defaultValue = "0",
            min = 0)
        int noRepeatNgram,
    @Key(
            doc =
                "The factor of the log-probability of tokens that the hypothesis already"
                    + " contains (after Keskar et al. 2019); 1.2 is usual. 1: no such rule.",
            defaultValue = "1",
            min = 1)
        double repetitionPenalty,
    @Key(doc = "A text that every hypothesis begins with. Absent: none.") Optional<String> prefix,
    @Key(
            doc =
                "Texts that every hypothesis must contain, in any order. A beam reserves"
                    + " places for hypotheses by their progress (Post and Vilar 2018).",
            defaultValue = "[]")
        List<String> required,
    @Key(doc = "Texts that no hypothesis may contain.", defaultValue = "[]")
        List<String> forbidden) {

  /** Copies the lists. */
  public RulesConfig {
    required = List.copyOf(required);
    forbidden = List.copyOf(forbidden);
  }
}
