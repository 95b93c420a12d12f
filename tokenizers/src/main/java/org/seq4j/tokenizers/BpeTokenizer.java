package org.seq4j.tokenizers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
 * Cuts words into subwords by byte pair encoding, as subword-nmt does: Sennrich, Haddow and Birch
 * 2016, "Neural Machine Translation of Rare Words with Subword Units". Words are what stands
 * between spaces. Every part of a word but the last ends with the separator; a character that the
 * merges do not know stays one.
 *
 * <p>The way back is exact but for spaces that are not single, and text that holds the separator.
 */
public final class BpeTokenizer implements Tokenizer {
  /** How many words it remembers, and how long they may be, so that memory stays bounded. */
  private static final int REMEMBERED = 1 << 17;

  private static final int REMEMBERED_LENGTH = 50;

  /** Longer words always have all merges made: with dropout, time is quadratic in the length. */
  private static final int SAMPLED_LENGTH = 200;

  /** The keys. */
  public record Config(
      @Key(
              doc =
                  "The merges, as seq4j tokenizer train bpe or subword-nmt's learn-bpe wrote them.",
              example = "codes.bpe")
          Path codes,
      @Key(doc = "How many of the merges to use, the first ones. Absent: all.", min = 0)
          Optional<Integer> merges,
      @Key(doc = "What marks a part that is not the last of its word.", defaultValue = "'@@'")
          String separator,
      @Key(
              doc =
                  "A file of tokens with their counts: a token that is not in it, or too rare, is"
                      + " split again, so that few are unknown.")
          Optional<Path> vocabulary,
      @Key(doc = "How often a token must be counted there.", defaultValue = "1", min = 1)
          int vocabularyThreshold,
      @Key(
              doc =
                  "The probability with which a merge is left out while training (Provilkov et al."
                      + " 2020), 0.1 for example; words then come in parts that differ.",
              defaultValue = "0",
              min = 0,
              max = 1)
          double dropout,
      @Key(
              doc =
                  "Regular expressions; what one matches inside a word stays whole and is split off"
                      + " from the rest.",
              defaultValue = "[]")
          List<String> glossaries) {

    /** Checks that the separator can be told. */
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
  private final Set<String> vocabulary; // empty: no limit
  private final double dropout;
  private final List<Pattern> glossaries;
  private final Map<String, List<String>> remembered = new ConcurrentHashMap<>();

  /** Takes its keys. */
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
          "glossaries: '%s' is no regular expression: %s".formatted(regex, e.getDescription()), e);
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
            "%s, line %d: expected a token and how often it occurs, got '%s'"
                .formatted(file, i + 1, line));
      }
    }
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: no token occurs as often as vocabulary_threshold says, %d times"
              .formatted(file, threshold));
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

  /** A word with what the glossaries match set apart, one glossary after another. */
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

  /** A part if it is in the vocabulary; if not, what the merge that made it was made of. */
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
