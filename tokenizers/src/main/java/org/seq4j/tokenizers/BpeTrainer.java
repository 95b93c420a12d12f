package org.seq4j.tokenizers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.seq4j.core.config.Key;
import org.seq4j.core.text.TokenizerTrainer;

/**
 * Learns the merges of {@link Bpe}: the most frequent pair of adjacent symbols becomes one symbol,
 * again and again (Sennrich et al. 2016, algorithm 1). Of equally frequent pairs the one that is
 * last by code points is first, as in subword-nmt, whose files it writes byte for byte.
 */
public final class BpeTrainer implements TokenizerTrainer {

  /** The keys. */
  public record Config(
      @Key(doc = "How many merges to learn at most.", defaultValue = "10000", min = 1) int merges,
      @Key(doc = "How often a pair must occur to be merged.", defaultValue = "2", min = 1)
          int minFrequency) {}

  private static final String VERSION = "#version: 0.2";

  private final Config config;

  BpeTrainer(Config config) {
    this.config = config;
  }

  @Override
  public void train(Iterator<String> lines, OutputStream output) throws IOException {
    Map<String, Long> words = count(lines);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("there are no words to learn merges from");
    }
    List<Pair> merges = new Learning(words).merges();
    Writer writer = new BufferedWriter(new OutputStreamWriter(output, UTF_8));
    writer.write(VERSION + "\n");
    for (Pair pair : merges) {
      writer.write(pair.left + " " + pair.right + "\n");
    }
    writer.flush();
  }

  private static Map<String, Long> count(Iterator<String> lines) {
    Map<String, Long> words = new HashMap<>();
    while (lines.hasNext()) {
      for (String word : lines.next().split(" ", -1)) {
        if (!word.isEmpty()) {
          words.merge(word, 1L, Long::sum);
        }
      }
    }
    return words;
  }

  /** Two adjacent symbols. */
  private static final class Pair {
    final String left;
    final String right;
    final Set<Word> words = new LinkedHashSet<>(); // that hold it, or held it once
    long count;

    Pair(String left, String right) {
      this.left = left;
      this.right = right;
    }
  }

  /** A word of the text, as the symbols that it consists of by now. */
  private static final class Word {
    final long count;
    List<String> symbols;

    Word(String text, long count) {
      this.count = count;
      symbols = new ArrayList<>();
      text.codePoints().forEach(c -> symbols.add(Character.toString(c)));
      int last = symbols.size() - 1;
      symbols.set(last, symbols.get(last) + BpeCodes.END_OF_WORD);
    }
  }

  /** A pair with the count that it had when it was offered. */
  private record Offer(Pair pair, long count) {
    static final Comparator<String> LAST_FIRST = (a, b) -> CodePoints.compare(b, a);
    static final Comparator<Offer> BEST_FIRST =
        Comparator.comparingLong(Offer::count)
            .reversed()
            .thenComparing(offer -> offer.pair.left, LAST_FIRST)
            .thenComparing(offer -> offer.pair.right, LAST_FIRST);
  }

  private final class Learning {
    private final Map<String, Map<String, Pair>> pairs = new HashMap<>(); // by left, by right
    private final PriorityQueue<Offer> offers = new PriorityQueue<>(Offer.BEST_FIRST);

    Learning(Map<String, Long> words) {
      Set<Pair> all = new LinkedHashSet<>();
      words.forEach((text, count) -> add(new Word(text, count), 1, all));
      all.forEach(this::offer);
    }

    private void offer(Pair pair) {
      offers.add(new Offer(pair, pair.count));
    }

    /** Counts a word's pairs, or takes them away; notes those that were counted. */
    private void add(Word word, int sign, Set<Pair> counted) {
      for (int i = 0; i + 1 < word.symbols.size(); i++) {
        String left = word.symbols.get(i);
        String right = word.symbols.get(i + 1);
        Pair pair =
            pairs
                .computeIfAbsent(left, it -> new HashMap<>())
                .computeIfAbsent(right, it -> new Pair(left, right));
        pair.count += sign * word.count;
        if (sign > 0) {
          pair.words.add(word);
          counted.add(pair);
        }
      }
    }

    List<Pair> merges() {
      List<Pair> merges = new ArrayList<>();
      while (merges.size() < config.merges() && !offers.isEmpty()) {
        Offer best = offers.remove();
        Pair pair = best.pair();
        if (pair.count != best.count()) { // it has become rarer since, or was offered again
          if (pair.count > 0 && pair.count < best.count()) {
            offer(pair);
          }
          continue;
        }
        if (pair.count < config.minFrequency()) {
          break;
        }
        merges.add(pair);
        merge(pair);
      }
      return merges;
    }

    private void merge(Pair pair) {
      Set<Pair> grown = new LinkedHashSet<>();
      for (Word word : List.copyOf(pair.words)) {
        List<String> merged = merged(word.symbols, pair);
        if (merged.size() < word.symbols.size()) {
          add(word, -1, grown);
          word.symbols = merged;
          add(word, 1, grown);
        }
      }
      pair.count = 0;
      pair.words.clear();
      grown.stream().filter(it -> it != pair).forEach(this::offer);
    }

    private static List<String> merged(List<String> symbols, Pair pair) {
      List<String> merged = new ArrayList<>(symbols.size());
      String both = pair.left + pair.right;
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
}
