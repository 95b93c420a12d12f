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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.TokenizerTrainer;

/**
 * Learns the merges of {@link BpeTokenizer}: it repeatedly merges the most frequent pair of
 * adjacent symbols (Sennrich et al. 2016, algorithm 1). Of equally frequent pairs, the one that is
 * last in code point order comes first, as in subword-nmt; the file is byte for byte the same.
 */
public final class BpeTrainer implements TokenizerTrainer {

  /** The configuration of the trainer {@code bpe}. */
  public record Config(
      @Key(doc = "Maximum number of merges to learn.", defaultValue = "10000", min = 1) int merges,
      @Key(
              doc = "Minimum number of occurrences of a pair to be merged.",
              defaultValue = "2",
              min = 1)
          int minFrequency) {}

  private static final String VERSION = "#version: 0.2";
  private static final Comparator<String> DESCENDING = (a, b) -> CodePoints.compare(b, a);
  private static final Comparator<PairMerging.Pair> LAST_FIRST =
      Comparator.comparing(PairMerging.Pair::left, DESCENDING)
          .thenComparing(PairMerging.Pair::right, DESCENDING);

  private final Config config;

  /** Creates the trainer from its configuration. */
  public BpeTrainer(Config config) {
    this.config = config;
  }

  @Override
  public void train(Iterator<String> lines, OutputStream output) throws IOException {
    Map<String, Long> words = count(lines);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("the text has no words to learn merges from");
    }
    Map<List<String>, Long> symbols = new HashMap<>();
    words.forEach((word, count) -> symbols.put(symbols(word), count));
    PairMerging merging = new PairMerging(symbols, LAST_FIRST, merged -> true);
    Writer writer = new BufferedWriter(new OutputStreamWriter(output, UTF_8));
    writer.write(VERSION + "\n");
    for (int i = 0; i < config.merges(); i++) {
      Optional<PairMerging.Pair> pair = merging.next(config.minFrequency());
      if (pair.isEmpty()) {
        break;
      }
      writer.write(pair.get().left() + " " + pair.get().right() + "\n");
    }
    writer.flush();
  }

  private static List<String> symbols(String word) {
    List<String> symbols = new ArrayList<>();
    word.codePoints().forEach(c -> symbols.add(Character.toString(c)));
    int last = symbols.size() - 1;
    symbols.set(last, symbols.get(last) + BpeCodes.END_OF_WORD);
    return symbols;
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
}
