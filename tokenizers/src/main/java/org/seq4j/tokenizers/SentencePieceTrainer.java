package org.seq4j.tokenizers;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.TokenizerTrainer;

/**
 * Learns a SentencePiece model and writes it in SentencePiece's format, which its tools can read.
 * By default the model normalizes only white space, to single spaces.
 */
public final class SentencePieceTrainer implements TokenizerTrainer {

  /** The configuration of the trainer {@code sentencepiece}. */
  public record Config(
      @Key(
              doc =
                  "The algorithm. unigram: pieces with probabilities (Kudo 2018); bpe: merges"
                      + " of the most frequent pairs (Sennrich et al. 2016).",
              defaultValue = "unigram")
          Model model,
      @Key(
              doc = "The number of pieces, including the special ones <unk>, <s> and </s>.",
              defaultValue = "8000",
              min = 10)
          int size,
      @Key(
              doc =
                  "The share of the characters of the text that are covered by pieces; the"
                      + " rarest characters are unknown.",
              defaultValue = "0.9995",
              min = 0.5,
              max = 1)
          double characterCoverage,
      @Key(
              doc = "Maximum length of a piece, in characters.",
              defaultValue = "16",
              min = 1,
              max = 100)
          int longest,
      @Key(
              doc =
                  "Whether the 256 bytes are also pieces. Unknown characters are written as"
                      + " bytes, so that none is unknown.",
              defaultValue = "false")
          boolean byteFallback,
      @Key(
              doc =
                  "The normalization of texts before they are split, at training and in use."
                      + " nmt-nfkc: NFKC, with special spaces as spaces and without control"
                      + " characters, the default of SentencePiece's spm_train; nfkc; identity: none"
                      + " but single spaces.",
              defaultValue = "identity")
          Normalization normalization) {

    /** A normalization of SentencePiece. */
    public enum Normalization {
      /** Changes white space only. */
      IDENTITY,
      /** Unicode's NFKC. */
      NFKC,
      /** NFKC, with rules for white space and control characters. */
      NMT_NFKC;

      /** Returns the name that SentencePiece has for it. */
      String spmName() {
        return name().toLowerCase(Locale.ROOT);
      }

      /** Returns the map of characters; empty for the identity. */
      Optional<CharacterMap> map() {
        return this == IDENTITY ? Optional.empty() : Optional.of(CharacterMap.named(spmName()));
      }
    }

    /** The algorithm that chooses the pieces. */
    public enum Model {
      /** A unigram language model. */
      UNIGRAM,
      /** Byte pair encoding. */
      BPE
    }
  }

  private static final Pattern SPACES = Pattern.compile("[ \\t\\r\\n]+");
  private static final int BYTES = 256;

  private final Config config;

  /** Creates the trainer from its configuration. */
  public SentencePieceTrainer(Config config) {
    this.config = config;
  }

  /** A piece and its score: its log-probability, or minus its rank. */
  record Scored(String text, double score) {}

  @Override
  public void train(Iterator<String> lines, OutputStream output) throws IOException {
    Optional<CharacterMap> map = config.normalization().map();
    Map<String, Long> words = count(lines, line -> map.map(it -> it.normalize(line)).orElse(line));
    if (words.isEmpty()) {
      throw new IllegalArgumentException("the text has no words to learn pieces from");
    }
    Map<Integer, Long> characters = required(words);
    int special = PieceModelFile.SPECIAL + (config.byteFallback() ? BYTES : 0);
    int size = config.size() - special;
    if (size < characters.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "size: %d is too small: the text has %d different characters, and there are"
                  + " %d special pieces. Set at least %d, or lower character_coverage",
              config.size(),
              characters.size(),
              special,
              characters.size() + special));
    }
    List<Scored> pieces =
        config.model() == Config.Model.UNIGRAM
            ? new UnigramTrainer(known(words, characters.keySet()), characters, config.longest())
                .train(size)
            : merged(words, characters, size);
    PieceModelFile.write(pieces, config, map, output);
  }

  /** Counts the words; each begins with the symbol for the space before it. */
  private static Map<String, Long> count(Iterator<String> lines, UnaryOperator<String> normalized) {
    Map<String, Long> words = new HashMap<>();
    while (lines.hasNext()) {
      for (String word : SPACES.split(normalized.apply(lines.next()), -1)) {
        if (!word.isEmpty()) {
          words.merge(SentencePieceTokenizer.SPACE + word, 1L, Long::sum);
        }
      }
    }
    return words;
  }

  /** Returns the most frequent characters that reach the coverage, with their counts. */
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

  /** Splits words at unknown characters, which no piece may contain. */
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
      if (seen.add(pair.get().merged())) { // another merge may have created the same piece
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
