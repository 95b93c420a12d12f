package org.seq4j.tokenizers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;

/**
 * Gives the first word of a sentence the case that it has elsewhere, and words of unknown case
 * their usual one, as Moses' {@code truecase.perl} does. A step after {@code word}; it cuts at
 * spaces. The way back writes the first letter of a sentence as a capital.
 */
public final class TruecaseTokenizer implements Tokenizer {

  /** The keys. */
  public record Config(
      @Key(
              doc = "How words are written, as seq4j tokenizer train truecase or Moses wrote it.",
              example = "truecase.txt")
          Path model) {}

  private final Map<String, String> usual = new HashMap<>(); // by the word in lower case
  private final Set<String> known = new HashSet<>();

  /** Takes its keys. */
  public TruecaseTokenizer(Config config) {
    for (String line : TextFiles.lines(config.model(), "words with their counts, as (3/4)")) {
      String[] fields = line.strip().split("\\s+", -1);
      if (fields[0].isEmpty()) {
        continue;
      }
      usual.put(LowercaseTokenizer.of(fields[0]), fields[0]);
      known.add(fields[0]);
      for (int i = 2; i < fields.length; i += 2) {
        known.add(fields[i]);
      }
    }
  }

  @Override
  public List<Token> tokenize(String text) {
    List<Token> tokens = new ArrayList<>();
    boolean start = true;
    for (Token token : new TracedText(text).words()) {
      String word = token.text();
      tokens.add(new Token(cased(word, start), token.start(), token.end()));
      start = startsNext(word, start);
    }
    return tokens;
  }

  private String cased(String word, boolean start) {
    return !start && known.contains(word)
        ? word
        : usual.getOrDefault(LowercaseTokenizer.of(word), word);
  }

  private static boolean startsNext(String word, boolean start) {
    return Sentences.endsWith(word) || (start && Sentences.mayOpen(word));
  }

  @Override
  public String detokenize(List<String> tokens) {
    List<String> words = new ArrayList<>();
    boolean start = true;
    for (String word : tokens) {
      words.add(start ? capitalized(word) : word);
      start = startsNext(word, start);
    }
    return String.join(" ", words);
  }

  private static String capitalized(String word) {
    int first = word.offsetByCodePoints(0, 1);
    return word.substring(0, first).toUpperCase(Locale.ROOT) + word.substring(first);
  }
}
