package org.seq4j.runtime.search;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.seq4j.runtime.error.RequestException;

/**
 * Finds rules that exclude each other for every source: a text that must occur and contains what
 * must not. Rules that exclude each other only together with a source, a length or a constraint end
 * in {@link Ending#DEAD_END}.
 */
public final class Contradictions {

  /** A text that must occur. */
  private record Demand(String name, String text, List<Integer> tokens) {}

  private Contradictions() {}

  /**
   * Checks rules.
   *
   * @param encode maps a text to token ids
   * @param same the tokens that are not told apart in required and forbidden texts
   * @throws RequestException if two rules exclude each other; the message names both
   */
  public static void check(
      RulesConfig rules, Function<String, List<Integer>> encode, SameTokens same) {
    Function<String, List<Integer>> firsts = encode.andThen(same::firsts);
    rules.prefix().ifPresent(text -> checkRepetition(text, encode.apply(text), rules));
    Stream.concat(
            rules.prefix().stream().map(text -> new Demand("prefix", text, firsts.apply(text))),
            rules.required().stream()
                .map(text -> new Demand("required text", text, firsts.apply(text))))
        .forEach(demand -> check(demand, rules, firsts));
  }

  private static void check(
      Demand demand, RulesConfig rules, Function<String, List<Integer>> encode) {
    for (String text : rules.forbidden()) {
      List<Integer> forbidden = encode.apply(text);
      if (!forbidden.isEmpty() && Collections.indexOfSubList(demand.tokens(), forbidden) >= 0) {
        throw new RequestException(
            "search.rules: the %s '%s' contains the forbidden text '%s': remove one of the two"
                .formatted(demand.name(), demand.text(), text));
      }
    }
  }

  private static void checkRepetition(String prefix, List<Integer> tokens, RulesConfig rules) {
    if (repeats(tokens, rules.noRepeatNgram())) {
      throw new RequestException(
          String.format(
              Locale.ROOT,
              "search.rules: the prefix '%s' repeats %d tokens, which no_repeat_ngram: %d forbids: remove one of the two",
              prefix,
              rules.noRepeatNgram(),
              rules.noRepeatNgram()));
    }
  }

  /** Returns true if a sequence of {@code n} tokens occurs twice; n is 0 if it may. */
  private static boolean repeats(List<Integer> tokens, int n) {
    for (int from = 0; n > 0 && from + n < tokens.size(); from++) {
      List<Integer> later = tokens.subList(from + 1, tokens.size());
      if (Collections.indexOfSubList(later, tokens.subList(from, from + n)) >= 0) {
        return true;
      }
    }
    return false;
  }
}
