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
 * Restores the usual case of the first word of each sentence, and of words in unknown case, like
 * Moses' {@code truecase.perl}. It is a step after {@code word} and splits at spaces.
 * Detokenization capitalizes the first letter of a sentence.
 */
public final class TruecaseTokenizer implements Tokenizer {

  /** The configuration of the tokenizer {@code truecase}. */
  public record Config(
      @Key(
              doc =
                  "The file of usual forms, written by seq4j tokenizer train truecase or by"
                      + " Moses.",
              example = "truecase.txt")
          Path model) {}

  private final Map<String, String> usual = new HashMap<>(); // by lower-case form
  private final Set<String> known = new HashSet<>();

  /** Creates the tokenizer from its configuration. */
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
    if (known.isEmpty()) {
      throw new IllegalArgumentException(
          config.model() + ": expected words with their counts, as (3/4), got none");
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
