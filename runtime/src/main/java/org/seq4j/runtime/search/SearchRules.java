package org.seq4j.runtime.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.seq4j.core.search.NextTokens;
import org.seq4j.core.search.SearchConstraint;

/** Creates the rules of a {@link RulesConfig}. */
public final class SearchRules {

  private SearchRules() {}

  /**
   * Creates the rules.
   *
   * @param encode maps a text to token ids
   * @param same the tokens that are not told apart in required and forbidden texts
   */
  public static List<SearchConstraint.Rule> of(
      RulesConfig config, Function<String, List<Integer>> encode, SameTokens same) {
    Function<String, List<Integer>> firsts = encode.andThen(same::firsts);
    List<SearchConstraint.Rule> rules = new ArrayList<>();
    config.prefix().map(encode).filter(it -> !it.isEmpty()).ifPresent(it -> rules.add(prefix(it)));
    List<List<Integer>> forbidden = encoded(config.forbidden(), firsts);
    if (!forbidden.isEmpty()) {
      rules.add(forbidden(forbidden, same));
    }
    List<List<Integer>> required = encoded(config.required(), firsts);
    if (config.noRepeatNgram() > 0) {
      rules.add(noRepeatedNgram(config.noRepeatNgram(), required, same));
    }
    if (config.repetitionPenalty() > 1) {
      rules.add(repetitionPenalty(config.repetitionPenalty()));
    }
    if (!required.isEmpty()) {
      rules.add(new RequiredPhrases(required, config.reservePlaces(), same));
    }
    return List.copyOf(rules);
  }

  private static List<List<Integer>> encoded(
      List<String> texts, Function<String, List<Integer>> encode) {
    return texts.stream().map(encode).filter(it -> !it.isEmpty()).distinct().toList();
  }

  /** Requires a prefix. */
  static SearchConstraint.Rule prefix(List<Integer> tokens) {
    return (prefix, next) -> {
      if (prefix.size() < tokens.size()) {
        next.allowOnly(List.of(tokens.get(prefix.size())));
      }
    };
  }

  /** Forbids sequences of first tokens. */
  static SearchConstraint.Rule forbidden(List<List<Integer>> sequences, SameTokens same) {
    return (said, next) -> {
      List<Integer> prefix = same.firsts(said);
      for (List<Integer> sequence : sequences) {
        int before = sequence.size() - 1;
        if (endsWith(prefix, sequence.subList(0, before))) {
          same.all(sequence.get(before)).forEach(next::forbid);
        }
      }
    };
  }

  /**
   * Forbids repeated sequences of {@code n} tokens (Paulus et al. 2018, "A deep reinforced model
   * for abstractive summarization"), except those that an open required phrase contains: otherwise
   * the second of two addresses in one street could not be said.
   */
  static SearchConstraint.Rule noRepeatedNgram(
      int n, List<List<Integer>> required, SameTokens same) {
    return (prefix, next) -> {
      if (prefix.size() < n) {
        return;
      }
      List<Integer> last = prefix.subList(prefix.size() - n + 1, prefix.size());
      for (int from = 0; from + n <= prefix.size(); from++) {
        List<Integer> ngram = prefix.subList(from, from + n);
        if (ngram.subList(0, n - 1).equals(last)
            && !isNeeded(same.firsts(ngram), same.firsts(prefix), required)) {
          next.forbid(ngram.get(n - 1));
        }
      }
    };
  }

  private static boolean isNeeded(
      List<Integer> ngram, List<Integer> prefix, List<List<Integer>> required) {
    return required.stream().anyMatch(it -> contains(it, ngram) && !contains(prefix, it));
  }

  private static boolean contains(List<Integer> sequence, List<Integer> part) {
    return Collections.indexOfSubList(sequence, part) >= 0;
  }

  /**
   * Multiplies the log-probability of tokens of the prefix by a factor (after Keskar et al. 2019,
   * "CTRL", section 4.1, who divide logits).
   */
  static SearchConstraint.Rule repetitionPenalty(double factor) {
    return (prefix, next) -> new HashSet<>(prefix).forEach(token -> next.scale(token, factor));
  }

  private static boolean endsWith(List<Integer> prefix, List<Integer> sequence) {
    int from = prefix.size() - sequence.size();
    return from >= 0 && prefix.subList(from, prefix.size()).equals(sequence);
  }

  /**
   * Requires phrases, in any order; they may overlap. Open phrases are forced early enough, with
   * space for each of them separately, so that all fit if the maximum length allows it.
   *
   * @param phrases sequences of first tokens
   * @param reserve true if progress is a goal, for which a beam reserves places
   */
  record RequiredPhrases(List<List<Integer>> phrases, boolean reserve, SameTokens same)
      implements SearchConstraint.Rule {

    /**
     * The phrases that the prefix does not contain yet.
     *
     * @param length total length of all open phrases
     * @param begun number of tokens of an open phrase at the end of the hypothesis
     */
    private record Open(int length, int begun) {

      /** Returns the maximum number of tokens that the open phrases need. */
      int need() {
        return length - begun;
      }
    }

    @Override
    public int goal() {
      return reserve ? length() : 0;
    }

    private int length() {
      return phrases.stream().mapToInt(List::size).sum();
    }

    @Override
    public int progress(List<Integer> prefix) {
      return reserve ? length() - open(same.firsts(prefix)).need() : 0;
    }

    private Open open(List<Integer> prefix) {
      int length = 0;
      int begun = 0;
      for (List<Integer> phrase : phrases) {
        if (!contains(prefix, phrase)) {
          length += phrase.size();
          begun = Math.max(begun, begun(phrase, prefix));
        }
      }
      return new Open(length, begun);
    }

    /** Returns the number of tokens of a phrase at the end of the hypothesis. */
    private static int begun(List<Integer> phrase, List<Integer> prefix) {
      int begun = Math.min(phrase.size() - 1, prefix.size());
      while (!endsWith(prefix, phrase.subList(0, begun))) {
        begun--;
      }
      return begun;
    }

    @Override
    public void apply(List<Integer> said, NextTokens next) {
      List<Integer> prefix = same.firsts(said);
      Open open = open(prefix);
      if (open.length() == 0) {
        return;
      }
      next.forbid(next.end());
      Set<Integer> inTime = new HashSet<>();
      for (int token : phrases.stream().flatMap(List::stream).distinct().toList()) {
        List<Integer> after = new ArrayList<>(prefix);
        after.add(token);
        Open left = open(after);
        if (left.need() < open.need()) {
          same.all(token).forEach(next::consider);
        }
        if (left.need() <= next.remaining() - 1) {
          inTime.addAll(same.all(token));
        }
      }
      if (open.length() > next.remaining() - 1) { // another token would leave too little space
        next.allowOnly(inTime);
      }
    }
  }
}
