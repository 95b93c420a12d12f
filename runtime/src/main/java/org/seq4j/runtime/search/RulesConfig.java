package org.seq4j.runtime.search;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.plugin.Key;

/** Rules for the tokens of a hypothesis. */
public record RulesConfig(
    @Key(
            doc = "No sequence of so many tokens comes twice in a hypothesis. 0: no such rule.",
            defaultValue = "0",
            min = 0)
        int noRepeatNgram,
    @Key(
            doc =
                "The log-probability of tokens that the hypothesis has already is multiplied by this"
                    + " (after Keskar et al. 2019); 1.2 is usual. 1: no such rule.",
            defaultValue = "1",
            min = 1)
        double repetitionPenalty,
    @Key(doc = "A text that every hypothesis begins with. Absent: none.") Optional<String> prefix,
    @Key(
            doc =
                "Texts that every hypothesis holds, in any order (with a beam, places are kept for"
                    + " those that come nearer: Post and Vilar 2018).",
            defaultValue = "[]")
        List<String> required,
    @Key(doc = "Texts that no hypothesis holds.", defaultValue = "[]") List<String> forbidden) {

  /** Takes the texts as they are now. */
  public RulesConfig {
    required = List.copyOf(required);
    forbidden = List.copyOf(forbidden);
  }
}
