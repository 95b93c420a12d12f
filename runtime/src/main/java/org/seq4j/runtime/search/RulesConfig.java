package org.seq4j.runtime.search;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.text.GroupPattern;

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
            doc = "Texts that every hypothesis must contain, in any order; it cannot end before.",
            defaultValue = "[]")
        List<String> required,
    @Key(
            doc =
                "A regular expression. Each text that its first group finds in a source is"
                    + " required of the hypotheses of that source, such as the values in the"
                    + " actions of a dialogue: ' = ([^;|]+)'. A text with a token that the model"
                    + " cannot generate is not required. Absent: none.")
        Optional<String> requiredFromSource,
    @Key(
            doc =
                "If true, a beam reserves places for hypotheses by their progress in the required"
                    + " texts (Post and Vilar 2018), so that texts which the model would not choose"
                    + " get a good place in the answer. If false, all places are for the best"
                    + " hypotheses, which is better where the model chooses most of these texts"
                    + " itself.",
            defaultValue = "true")
        boolean reservePlaces,
    @Key(doc = "Texts that no hypothesis may contain.", defaultValue = "[]") List<String> forbidden,
    @Key(
            doc =
                "If true, tokens of required and forbidden texts may have any case: 'compact' is as"
                    + " good as 'Compact'.",
            defaultValue = "false")
        boolean ignoreCase) {

  /** Copies the lists, and checks the regular expression. */
  public RulesConfig {
    required = List.copyOf(required);
    forbidden = List.copyOf(forbidden);
    requiredFromSource.ifPresent(RulesConfig::pattern); // its message names the key
  }

  private static GroupPattern pattern(String expression) {
    return new GroupPattern("required_from_source", expression);
  }

  /** Returns the texts that {@code requiredFromSource} finds in a source, in its order. */
  public Stream<String> requiredFrom(String source) {
    return requiredFromSource.stream()
        .flatMap(expression -> pattern(expression).places(source).stream())
        .map(GroupPattern.Place::value);
  }

  /** Returns these rules with other required and forbidden texts, for one source. */
  public RulesConfig with(List<String> required, List<String> forbidden) {
    return new RulesConfig(
        noRepeatNgram,
        repetitionPenalty,
        prefix,
        required,
        Optional.empty(),
        reservePlaces,
        forbidden,
        ignoreCase);
  }
}
