package org.seq4j.tokenizers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Repeatedly merges the most frequent pair of adjacent symbols of a text (Sennrich et al. 2016,
 * algorithm 1). The counts are updated after a merge, not computed again.
 */
final class PairMerging {
  private final Predicate<String> allowed;
  private final Map<String, Map<String, Pair>> pairs = new HashMap<>(); // by left, by right
  private final PriorityQueue<Offer> offers;

  /** Two adjacent symbols. */
  static final class Pair {
    private final String left;
    private final String right;
    private final Set<Word> words = new LinkedHashSet<>(); // contain it, or contained it
    private long count;

    private Pair(String left, String right) {
      this.left = left;
      this.right = right;
    }

    String left() {
      return left;
    }

    String right() {
      return right;
    }

    String merged() {
      return left + right;
    }
  }

  /** A word of the text, as its current symbols. */
  private static final class Word {
    private final long count;
    private List<String> symbols;

    Word(List<String> symbols, long count) {
      this.symbols = symbols;
      this.count = count;
    }
  }

  /** A pair with its count at the time it was queued. */
  private record Offer(Pair pair, long count) {}

  /**
   * Creates the initial state from words and their counts.
   *
   * @param ties the order of equally frequent pairs
   * @param allowed returns true for a string that a merge may create
   */
  PairMerging(Map<List<String>, Long> words, Comparator<Pair> ties, Predicate<String> allowed) {
    this.allowed = allowed;
    this.offers =
        new PriorityQueue<>(
            Comparator.comparingLong(Offer::count).reversed().thenComparing(Offer::pair, ties));
    Set<Pair> all = new LinkedHashSet<>();
    words.forEach((symbols, count) -> count(new Word(symbols, count), 1, all));
    all.forEach(this::offer);
  }

  private void offer(Pair pair) {
    offers.add(new Offer(pair, pair.count));
  }

  /** Adds or subtracts the pairs of a word, and collects the affected pairs. */
  private void count(Word word, int sign, Set<Pair> counted) {
    for (int i = 0; i + 1 < word.symbols.size(); i++) {
      String left = word.symbols.get(i);
      String right = word.symbols.get(i + 1);
      Map<String, Pair> byRight = pairs.computeIfAbsent(left, it -> new HashMap<>());
      Pair pair = byRight.get(right);
      if (pair == null) {
        pair = new Pair(left, right);
        byRight.put(right, pair);
      }
      pair.count += sign * word.count;
      if (sign > 0) {
        pair.words.add(word);
        counted.add(pair);
      }
    }
  }

  /** Merges the next pair; empty if no pair is frequent enough. */
  Optional<Pair> next(int minFrequency) {
    while (!offers.isEmpty()) {
      Offer best = offers.remove();
      Pair pair = best.pair();
      if (pair.count != best.count()) { // its count has decreased since, or it was queued again
        if (pair.count > 0 && pair.count < best.count()) {
          offer(pair);
        }
      } else if (pair.count < Math.max(1, minFrequency)) {
        return Optional.empty();
      } else if (allowed.test(pair.merged())) {
        merge(pair);
        return Optional.of(pair);
      }
    }
    return Optional.empty();
  }

  private void merge(Pair pair) {
    Set<Pair> grown = new LinkedHashSet<>();
    for (Word word : List.copyOf(pair.words)) {
      List<String> merged = merged(word.symbols, pair);
      if (merged.size() < word.symbols.size()) {
        count(word, -1, grown);
        word.symbols = merged;
        count(word, 1, grown);
      }
    }
    pair.count = 0;
    pair.words.clear();
    grown.stream().filter(it -> it != pair).forEach(this::offer);
  }

  private static List<String> merged(List<String> symbols, Pair pair) {
    List<String> merged = new ArrayList<>(symbols.size());
    String both = pair.merged();
    for (int i = 0; i < symbols.size(); i++) {
      boolean here =
          i + 1 < symbols.size()
              && symbols.get(i).equals(pair.left)
              && symbols.get(i + 1).equals(pair.right);
      merged.add(here ? both : symbols.get(i));
      i += here ? 1 : 0;
    }
    return merged;
  }
}
