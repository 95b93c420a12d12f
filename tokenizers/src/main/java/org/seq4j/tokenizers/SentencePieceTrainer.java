package org.seq4j.tokenizers;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.TokenizerTrainer;

/**
 * Learns a SentencePiece model from text and writes it in SentencePiece's own format, which its
 * tools read as well. Text is taken as it is: the model normalizes nothing but white space, which
 * becomes single spaces.
 */
public final class SentencePieceTrainer implements TokenizerTrainer {

  /** The keys. */
  public record Config(
      @Key(
              doc =
                  "unigram: pieces with probabilities (Kudo 2018); bpe: the most frequent pairs are"
                      + " merged (Sennrich et al. 2016).",
              defaultValue = "unigram")
          Model model,
      @Key(
              doc = "How many pieces, the special ones <unk>, <s> and </s> among them.",
              defaultValue = "8000",
              min = 10)
          int size,
      @Key(
              doc =
                  "The share of the text's characters that get pieces of their own; rarer ones are"
                      + " unknown.",
              defaultValue = "0.9995",
              min = 0.5,
              max = 1)
          double characterCoverage,
      @Key(doc = "The longest piece, in characters.", defaultValue = "16", min = 1, max = 100)
          int longest,
      @Key(
              doc =
                  "Whether the 256 bytes are pieces, too, which unknown characters are written in:"
                      + " none is unknown then.",
              defaultValue = "false")
          boolean byteFallback) {

    /** How pieces are chosen. */
    public enum Model {
      /** By a unigram language model. */
      UNIGRAM,
      /** By merging pairs. */
      BPE
    }
  }

  private static final Pattern SPACES = Pattern.compile("[ \\t\\r\\n]+");
  private static final int BYTES = 256;

  private final Config config;

  /** Takes its keys. */
  public SentencePieceTrainer(Config config) {
    this.config = config;
  }

  /** A piece and its score: a log-probability, or minus its rank. */
  record Scored(String text, double score) {}

  @Override
  public void train(Iterator<String> lines, OutputStream output) throws IOException {
    Map<String, Long> words = count(lines);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("there are no words to learn pieces from");
    }
    Map<Integer, Long> characters = required(words);
    int special = PieceModelFile.SPECIAL + (config.byteFallback() ? BYTES : 0);
    int size = config.size() - special;
    if (size < characters.size()) {
      throw new IllegalArgumentException(
          "size: %d is too small: the text has %d different characters, and there are %d special pieces. Give at least %d, or lower character_coverage"
              .formatted(config.size(), characters.size(), special, characters.size() + special));
    }
    List<Scored> pieces =
        config.model() == Config.Model.UNIGRAM
            ? new UnigramTrainer(known(words, characters.keySet()), characters, config.longest())
                .train(size)
            : merged(words, characters, size);
    PieceModelFile.write(pieces, config, output);
  }

  /** Words as they are cut: each begins with the sign for the space before it. */
  private static Map<String, Long> count(Iterator<String> lines) {
    Map<String, Long> words = new HashMap<>();
    while (lines.hasNext()) {
      for (String word : SPACES.split(lines.next(), -1)) {
        if (!word.isEmpty()) {
          words.merge(SentencePieceTokenizer.SPACE + word, 1L, Long::sum);
        }
      }
    }
    return words;
  }

  /** The most frequent characters, as many as cover the share of the text that is asked for. */
  private Map<Integer, Long> required(Map<String, Long> words) {
    Map<Integer, Long> counts = new TreeMap<>();
    words.forEach(
        (word, count) -> word.codePoints().forEach(c -> counts.merge(c, count, Long::sum)));
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    List<Map.Entry<Integer, Long>> sorted = new ArrayList<>(counts.entrySet());
    sorted.sort(
        Map.Entry.<Integer, Long>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()));
    Map<Integer, Long> required = new TreeMap<>();
    long covered = 0;
    for (Map.Entry<Integer, Long> entry : sorted) {
      if (covered >= config.characterCoverage() * all) {
        break;
      }
      covered += entry.getValue();
      required.put(entry.getKey(), entry.getValue());
    }
    return required;
  }

  /** Words cut at characters that are not known: no piece goes across them. */
  private static Map<String, Long> known(Map<String, Long> words, Set<Integer> characters) {
    Map<String, Long> known = new TreeMap<>(CodePoints::compare);
    words.forEach(
        (word, count) -> {
          StringBuilder part = new StringBuilder();
          for (int i = 0; i < word.length(); i += Character.charCount(word.codePointAt(i))) {
            int c = word.codePointAt(i);
            if (characters.contains(c)) {
              part.appendCodePoint(c);
            } else if (!part.isEmpty()) {
              known.merge(part.toString(), count, Long::sum);
              part.setLength(0);
            }
          }
          if (!part.isEmpty()) {
            known.merge(part.toString(), count, Long::sum);
          }
        });
    return known;
  }

  private List<Scored> merged(Map<String, Long> words, Map<Integer, Long> characters, int size) {
    Map<List<String>, Long> tokens = new HashMap<>();
    known(words, characters.keySet())
        .forEach(
            (word, count) ->
                tokens.put(word.codePoints().mapToObj(Character::toString).toList(), count));
    List<String> texts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    characters.keySet().forEach(c -> seen.add(Character.toString(c)));
    PairMerging merging =
        new PairMerging(
            tokens, Comparator.comparing(PairMerging.Pair::merged, SHORT_FIRST), this::isPiece);
    while (texts.size() + characters.size() < size) {
      var pair = merging.next(1);
      if (pair.isEmpty()) {
        break;
      }
      if (seen.add(pair.get().merged())) { // it may have come about in another way before
        texts.add(pair.get().merged());
      }
    }
    characters.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> texts.add(Character.toString(entry.getKey())));
    List<Scored> pieces = new ArrayList<>();
    texts.forEach(text -> pieces.add(new Scored(text, -pieces.size())));
    return pieces;
  }

  private static final Comparator<String> SHORT_FIRST =
      Comparator.<String>comparingInt(text -> text.codePointCount(0, text.length()))
          .thenComparing(CodePoints::compare);

  private boolean isPiece(String text) {
    return Pieces.isAllowed(text, config.longest());
  }
}
