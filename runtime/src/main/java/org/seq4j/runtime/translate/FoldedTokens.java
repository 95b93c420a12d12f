package org.seq4j.runtime.translate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.ExtendedVocabulary;
import org.seq4j.runtime.search.SameTokens;
import org.seq4j.runtime.text.CountedVocabulary;

/**
 * The tokens of a source's extended vocabulary that differ only in their case. Not thread-safe:
 * each search has its own.
 */
final class FoldedTokens implements SameTokens {
  private final Map<String, List<Integer>> known;
  private final Map<String, List<Integer>> copied = new HashMap<>();
  private final Map<Integer, Integer> firsts = new HashMap<>(); // asked for every token of a prefix
  private final ExtendedVocabulary vocabulary;

  /**
   * Creates the tokens for a source.
   *
   * @param known the result of {@link #of(CountedVocabulary)} for the target vocabulary
   */
  FoldedTokens(Map<String, List<Integer>> known, ExtendedVocabulary vocabulary) {
    this.known = known;
    this.vocabulary = vocabulary;
    for (String token : new LinkedHashSet<>(vocabulary.source())) {
      int id = vocabulary.id(token);
      if (id >= vocabulary.target().size()) {
        copied.computeIfAbsent(folded(token), it -> new ArrayList<>()).add(id);
      }
    }
  }

  /** Returns the tokens of a vocabulary by their folded texts, without the special ones. */
  static Map<String, List<Integer>> of(CountedVocabulary vocabulary) {
    Map<String, List<Integer>> known = new HashMap<>();
    for (int id = Vocabulary.SPECIALS.size(); id < vocabulary.size(); id++) {
      known.computeIfAbsent(folded(vocabulary.token(id)), it -> new ArrayList<>()).add(id);
    }
    return known;
  }

  private static String folded(String token) {
    return token.toLowerCase(Locale.ROOT);
  }

  /** Returns the id of a token, or of one that differs only in its case. */
  int id(String token) {
    int id = vocabulary.id(token);
    List<Integer> all = all(token);
    return id == Vocabulary.UNKNOWN && !all.isEmpty() ? all.get(0) : id;
  }

  private List<Integer> all(String token) {
    List<Integer> all = new ArrayList<>(known.getOrDefault(folded(token), List.of()));
    all.addAll(copied.getOrDefault(folded(token), List.of()));
    return all;
  }

  @Override
  public int first(int token) {
    return token < Vocabulary.SPECIALS.size()
        ? token
        : firsts.computeIfAbsent(token, it -> all(vocabulary.token(it)).get(0));
  }

  @Override
  public List<Integer> all(int first) {
    return first < Vocabulary.SPECIALS.size() ? List.of(first) : all(vocabulary.token(first));
  }
}
