package org.seq4j.core.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The rules that a {@link SearchConfig} asks for by keys of its own. */
public final class SearchRules {

  private SearchRules() {}

  /**
   * Makes the rules.
   *
   * @param encode the ids of the symbols that a text consists of
   */
  public static List<SearchConstraint.Rule> of(
      SearchConfig config, Function<String, List<Integer>> encode) {
    List<SearchConstraint.Rule> rules = new ArrayList<>();
    config.prefix().map(encode).filter(it -> !it.isEmpty()).ifPresent(it -> rules.add(prefix(it)));
    List<List<Integer>> forbidden = encoded(config.forbidden(), encode);
    if (!forbidden.isEmpty()) {
      rules.add(forbidden(forbidden));
    }
    if (config.noRepeatNgram() > 0) {
      rules.add(noRepeatedNgram(config.noRepeatNgram()));
    }
    if (config.repetitionPenalty() > 1) {
      rules.add(repetitionPenalty(config.repetitionPenalty()));
    }
    List<List<Integer>> required = encoded(config.required(), encode);
    if (!required.isEmpty()) {
      rules.add(new RequiredPhrases(required));
    }
    return List.copyOf(rules);
  }

  private static List<List<Integer>> encoded(
      List<String> texts, Function<String, List<Integer>> encode) {
    return texts.stream().map(encode).filter(it -> !it.isEmpty()).distinct().toList();
  }

  /** Hypotheses begin with given symbols. */
  static SearchConstraint.Rule prefix(List<Integer> symbols) {
    return (said, next) -> {
      if (said.size() < symbols.size()) {
        next.only(List.of(symbols.get(said.size())));
      }
    };
  }

  /** Hypotheses hold none of given sequences. */
  static SearchConstraint.Rule forbidden(List<List<Integer>> sequences) {
    return (said, next) -> {
      for (List<Integer> sequence : sequences) {
        int before = sequence.size() - 1;
        if (endsWith(said, sequence.subList(0, before))) {
          next.forbid(sequence.get(before));
        }
      }
    };
  }

  /**
   * No sequence of {@code n} symbols comes twice: Paulus et al. 2018, "A deep reinforced model for
   * abstractive summarization".
   */
  static SearchConstraint.Rule noRepeatedNgram(int n) {
    return (said, next) -> {
      if (said.size() < n) {
        return;
      }
      List<Integer> last = said.subList(said.size() - n + 1, said.size());
      for (int from = 0; from + n <= said.size(); from++) {
        if (said.subList(from, from + n - 1).equals(last)) {
          next.forbid(said.get(from + n - 1));
        }
      }
    };
  }

  /**
   * The log-probability of what was said before is multiplied: after Keskar et al. 2019, "CTRL",
   * section 4.1, who divide logits by it.
   */
  static SearchConstraint.Rule repetitionPenalty(double factor) {
    return (said, next) -> new HashSet<>(said).forEach(symbol -> next.scale(symbol, factor));
  }

  private static boolean endsWith(List<Integer> said, List<Integer> sequence) {
    int from = said.size() - sequence.size();
    return from >= 0 && said.subList(from, said.size()).equals(sequence);
  }

  /**
   * Hypotheses hold all of given sequences, in any order; they may overlap. What is left to say is
   * asked for in time, with room for each of them by itself, so that all is said if the length
   * allows it.
   */
  record RequiredPhrases(List<List<Integer>> phrases) implements SearchConstraint.Rule {

    /**
     * What is not said yet.
     *
     * @param length of all open phrases together
     * @param begun with how many symbols of one of them the hypothesis ends
     */
    private record Open(int length, int begun) {

      /** How many symbols it takes at most. */
      int need() {
        return length - begun;
      }
    }

    @Override
    public int goal() {
      return phrases.stream().mapToInt(List::size).sum();
    }

    @Override
    public int progress(List<Integer> said) {
      return goal() - open(said).need();
    }

    private Open open(List<Integer> said) {
      int length = 0;
      int begun = 0;
      for (List<Integer> phrase : phrases) {
        if (Collections.indexOfSubList(said, phrase) < 0) {
          length += phrase.size();
          begun = Math.max(begun, begun(phrase, said));
        }
      }
      return new Open(length, begun);
    }

    /** With how many of its symbols the hypothesis ends. */
    private static int begun(List<Integer> phrase, List<Integer> said) {
      int begun = Math.min(phrase.size() - 1, said.size());
      while (!endsWith(said, phrase.subList(0, begun))) {
        begun--;
      }
      return begun;
    }

    @Override
    public void apply(List<Integer> said, NextSymbols next) {
      Open open = open(said);
      if (open.length() == 0) {
        return;
      }
      next.forbid(next.end());
      Set<Integer> inTime = new HashSet<>();
      for (int symbol : phrases.stream().flatMap(List::stream).distinct().toList()) {
        List<Integer> after = new ArrayList<>(said);
        after.add(symbol);
        Open left = open(after);
        if (left.need() < open.need()) {
          next.consider(symbol);
        }
        if (left.need() <= next.left() - 1) {
          inTime.add(symbol);
        }
      }
      if (open.length() > next.left() - 1) { // any other symbol would be one too many
        next.only(inTime);
      }
    }
  }
}
