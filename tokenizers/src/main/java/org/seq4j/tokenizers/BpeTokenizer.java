package org.seq4j.tokenizers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;

/**
 * Splits words into subwords by byte pair encoding, compatible with subword-nmt (Sennrich, Haddow
 * and Birch 2016, "Neural Machine Translation of Rare Words with Subword Units"). Words are
 * separated by spaces. Each subword of a word except the last ends with the separator; a character
 * that occurs in no merge is a subword of its own.
 *
 * <p>Detokenization is exact, except for repeated spaces and text that contains the separator.
 */
public final class BpeTokenizer implements Tokenizer {
  /** Maximum number and length of cached words, which bound the memory. */
  private static final int REMEMBERED = 1 << 17;

  private static final int REMEMBERED_LENGTH = 50;

  /**
   * Maximum length of words with BPE-dropout, whose time is quadratic in the length; longer words
   * get all merges.
   */
  private static final int SAMPLED_LENGTH = 200;

  /** The configuration of the tokenizer {@code bpe}. */
  public record Config(
      @Key(
              doc =
                  "The file of merges, written by seq4j tokenizer train bpe or by"
                      + " subword-nmt's learn-bpe.",
              example = "codes.bpe")
          Path codes,
      @Key(doc = "Maximum number of merges to use, the first ones. Absent: all.", min = 0)
          Optional<Integer> merges,
      @Key(
              doc = "The mark at the end of each subword that is not the last of its word.",
              defaultValue = "'@@'")
          String separator,
      @Key(
              doc =
                  "A file of tokens with their counts. A subword that is not in it, or occurs"
                      + " less often than vocabulary_threshold, is split again, so that few tokens"
                      + " are unknown.")
          Optional<Path> vocabulary,
      @Key(doc = "Minimum count of a token in that file.", defaultValue = "1", min = 1)
          int vocabularyThreshold,
      @Key(
              doc =
                  "The probability of omitting a merge in training (BPE-dropout; Provilkov et"
                      + " al. 2020), for example 0.1; a word then has varying tokenizations.",
              defaultValue = "0",
              min = 0,
              max = 1)
          double dropout,
      @Key(
              doc =
                  "Regular expressions; a match inside a word is kept whole and split off from"
                      + " the rest.",
              defaultValue = "[]")
          List<String> glossaries) {

    /** Checks the separator. */
    public Config {
      glossaries = List.copyOf(glossaries);
      if (separator.isEmpty() || separator.contains(" ")) {
        throw new IllegalArgumentException(
            "separator: expected text without spaces, got '" + separator + "'");
      }
    }
  }

  private final BpeCodes codes;
  private final String separator;
  private final Set<String> vocabulary; // empty: no restriction
  private final double dropout;
  private final List<Pattern> glossaries;
  private final Map<String, List<String>> remembered = new ConcurrentHashMap<>();

  /** Creates the tokenizer from its configuration. */
  public BpeTokenizer(Config config) {
    codes = BpeCodes.read(config.codes(), config.merges());
    separator = config.separator();
    vocabulary =
        config
            .vocabulary()
            .map(file -> vocabulary(file, config.vocabularyThreshold()))
            .orElse(Set.of());
    dropout = config.dropout();
    glossaries = config.glossaries().stream().map(BpeTokenizer::pattern).toList();
  }

  private static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "glossaries: '%s' is not a regular expression: %s".formatted(regex, e.getDescription()),
          e);
    }
  }

  private static Set<String> vocabulary(Path file, int threshold) {
    Set<String> tokens = new HashSet<>();
    List<String> lines = TextFiles.lines(file, "tokens with their counts");
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).stripTrailing();
      int gap = Math.max(line.lastIndexOf(' '), line.lastIndexOf('\t'));
      try {
        if (gap > 0 && Long.parseLong(line.substring(gap + 1)) >= threshold) {
          tokens.add(line.substring(0, gap));
        }
      } catch (NumberFormatException e) {
        gap = -1;
      }
      if (gap <= 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s, line %d: expected a token and its count, got '%s'",
                file,
                i + 1,
                line));
      }
    }
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: no token reaches vocabulary_threshold, %d occurrences; lower the threshold",
              file,
              threshold));
    }
    return tokens;
  }

  @Override
  public List<Token> tokenize(String text) {
    return cut(text, Optional.empty());
  }

  @Override
  public List<Token> sampleTokenization(String text, long seed) {
    return cut(text, isStochastic() ? Optional.of(new SplittableRandom(seed)) : Optional.empty());
  }

  @Override
  public boolean isStochastic() {
    return dropout > 0;
  }

  private List<Token> cut(String text, Optional<SplittableRandom> random) {
    List<Token> tokens = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == ' ') {
        if (start < i) {
          add(parts(text.substring(start, i), random), start, tokens);
        }
        start = i + 1;
      }
    }
    return tokens;
  }

  private void add(List<String> parts, int start, List<Token> tokens) {
    int at = start;
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      boolean last = i == parts.size() - 1;
      tokens.add(new Token(last ? part : part + separator, at, at + part.length()));
      at += part.length();
    }
  }

  private List<String> parts(String word, Optional<SplittableRandom> random) {
    if (random.isPresent() && word.length() <= SAMPLED_LENGTH) {
      return split(word, random);
    }
    List<String> known = remembered.get(word);
    if (known != null) {
      return known;
    }
    List<String> parts = split(word, Optional.empty());
    if (word.length() <= REMEMBERED_LENGTH && remembered.size() < REMEMBERED) {
      remembered.put(word, parts);
    }
    return parts;
  }

  private List<String> split(String word, Optional<SplittableRandom> random) {
    if (glossaries.isEmpty()) {
      return merged(word, random);
    }
    List<String> parts = new ArrayList<>();
    for (String segment : apart(word)) {
      boolean whole = glossaries.stream().anyMatch(entry -> entry.matcher(segment).matches());
      parts.addAll(whole ? List.of(segment) : merged(segment, random));
    }
    return parts;
  }

  /** Splits off the matches of the glossaries, one glossary after another. */
  private List<String> apart(String word) {
    List<String> segments = List.of(word);
    for (Pattern entry : glossaries) {
      List<String> smaller = new ArrayList<>();
      for (String segment : segments) {
        int end = 0;
        Matcher matcher = entry.matcher(segment);
        while (matcher.find()) {
          addText(segment.substring(end, matcher.start()), smaller);
          addText(matcher.group(), smaller);
          end = matcher.end();
        }
        addText(segment.substring(end), smaller);
      }
      segments = smaller;
    }
    return segments;
  }

  private static void addText(String text, List<String> to) {
    if (!text.isEmpty()) {
      to.add(text);
    }
  }

  private List<String> merged(String word, Optional<SplittableRandom> random) {
    List<String> parts =
        random
            .map(numbers -> BpeWord.parts(word, codes, dropout, numbers))
            .orElseGet(() -> BpeWord.parts(word, codes));
    if (vocabulary.isEmpty()) {
      return List.copyOf(parts);
    }
    List<String> known = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      addKnown(parts.get(i), last, known);
    }
    return List.copyOf(known);
  }

  /**
   * Adds a subword if it is in the vocabulary; otherwise the two symbols that it was merged from.
   */
  private void addKnown(String part, boolean last, List<String> to) {
    Optional<List<String>> smaller =
        vocabulary.contains(last ? part : part + separator)
            ? Optional.empty()
            : codes.parts(last ? part + BpeCodes.END_OF_WORD : part);
    if (smaller.isEmpty()) {
      to.add(part);
      return;
    }
    addKnown(smaller.get().get(0), false, to);
    String right = smaller.get().get(1);
    String text = last ? right.substring(0, right.length() - BpeCodes.END_OF_WORD.length()) : right;
    if (!text.isEmpty()) {
      addKnown(text, last, to);
    }
  }

  @Override
  public String detokenize(List<String> tokens) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      boolean inside = token.endsWith(separator);
      text.append(token, 0, token.length() - (inside ? separator.length() : 0));
      if (!inside && i < tokens.size() - 1) {
        text.append(' ');
      }
    }
    return text.toString();
  }
}
