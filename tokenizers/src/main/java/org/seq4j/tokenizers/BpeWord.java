package org.seq4j.tokenizers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A word while its symbols are merged. Each symbol is a range of the word, so that no strings are
 * concatenated.
 */
final class BpeWord {
  private static final int NONE = -1;

  private final String word;
  private final BpeCodes codes;
  private final int[] symbols; // by start index in characters; only unmerged ones are valid
  private final int[] starts; // in UTF-16 units
  private final int[] next;
  private final int[] previous;

  private BpeWord(String word, BpeCodes codes) {
    this.word = word;
    this.codes = codes;
    int characters = word.codePointCount(0, word.length());
    int count = characters + (codes.endIsSymbol() ? 1 : 0);
    symbols = new int[count];
    starts = new int[count];
    next = new int[count];
    previous = new int[count];
    int unit = 0;
    for (int i = 0; i < count; i++) {
      starts[i] = unit;
      next[i] = i + 1 < count ? i + 1 : NONE;
      previous[i] = i - 1;
      unit += i < characters ? Character.charCount(word.codePointAt(unit)) : 0;
      String text = word.substring(starts[i], unit);
      symbols[i] = codes.symbol(i + 1 < count ? text : text + BpeCodes.END_OF_WORD);
    }
  }

  /** Splits a word with all merges. */
  static List<String> parts(String word, BpeCodes codes) {
    BpeWord state = new BpeWord(word, codes);
    state.mergeAll();
    return state.parts();
  }

  /**
   * Splits a word with BPE-dropout: each time a merge is possible, it is omitted with a probability
   * (Provilkov et al. 2020, "BPE-dropout").
   */
  static List<String> parts(String word, BpeCodes codes, double dropout, SplittableRandom random) {
    BpeWord state = new BpeWord(word, codes);
    boolean merged = true;
    while (merged) {
      merged = state.mergeSome(dropout, random);
    }
    return state.parts();
  }

  /**
   * Applies the merge of lowest rank to all non-overlapping pairs from left to right, repeatedly.
   */
  private void mergeAll() {
    PriorityQueue<Long> queue = new PriorityQueue<>();
    for (int at = 0; at != NONE && next[at] != NONE; at = next[at]) {
      offer(at, queue);
    }
    List<Integer> merged = new ArrayList<>();
    while (!queue.isEmpty()) {
      int rank = rank(queue.peek());
      merged.clear();
      while (!queue.isEmpty() && rank(queue.peek()) == rank) {
        int at = queue.remove().intValue();
        BpeCodes.Merge merge = mergeAt(at);
        if (merge != null && merge.rank() == rank) {
          merge(at, merge);
          merged.add(at);
        }
      }
      for (int at : merged) {
        offer(at, queue);
        if (previous[at] != NONE) {
          offer(previous[at], queue);
        }
      }
    }
  }

  private static int rank(long entry) {
    return (int) (entry >>> 32);
  }

  private void offer(int at, PriorityQueue<Long> queue) {
    BpeCodes.Merge merge = mergeAt(at);
    if (merge != null) {
      queue.add(((long) merge.rank() << 32) | at);
    }
  }

  /** Returns the merge of the symbol at an index with the next symbol, or null. */
  private BpeCodes.Merge mergeAt(int at) {
    boolean gone = at > 0 && previous[at] == NONE;
    return gone || next[at] == NONE ? null : codes.merge(symbols[at], symbols[next[at]]);
  }

  private void merge(int at, BpeCodes.Merge merge) {
    int right = next[at];
    symbols[at] = merge.symbol();
    next[at] = next[right];
    if (next[right] != NONE) {
      previous[next[right]] = at;
    }
    previous[right] = NONE;
  }

  private boolean mergeSome(double dropout, SplittableRandom random) {
    int[] offered = new int[symbols.length]; // indices of the merge of lowest rank
    int count = 0;
    int best = Integer.MAX_VALUE;
    for (int at = 0; at != NONE && next[at] != NONE; at = next[at]) {
      BpeCodes.Merge merge = random.nextDouble() < dropout ? null : mergeAt(at);
      if (merge != null && merge.rank() <= best) {
        count = merge.rank() < best ? 0 : count;
        best = merge.rank();
        offered[count++] = at;
      }
    }
    for (int at : Arrays.copyOf(offered, count)) {
      BpeCodes.Merge merge = mergeAt(at);
      if (merge != null && merge.rank() == best) { // it may overlap the previous one
        merge(at, merge);
      }
    }
    return count > 0;
  }

  private List<String> parts() {
    List<String> parts = new ArrayList<>();
    for (int at = 0; at != NONE; at = next[at]) {
      int end = next[at] == NONE ? word.length() : starts[next[at]];
      if (starts[at] < end) { // the end of the word may be a separate symbol
        parts.add(word.substring(starts[at], end));
      }
    }
    return parts;
  }
}
