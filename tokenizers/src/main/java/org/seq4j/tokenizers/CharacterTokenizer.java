package org.seq4j.tokenizers;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;

/**
 * Splits text into user-perceived characters: extended grapheme clusters, defined by Unicode
 * Standard Annex 29. A letter with its accents, a Hangul syllable spelled in jamo, an emoji with
 * skin tone or joined from several, a flag, and CR LF are one token each. Spaces are tokens, too.
 *
 * <p>Detokenization is exact: {@code detokenize(tokens(x))} is {@code x} for any string, including
 * strings with unpaired surrogates. The properties of characters are those of the running JDK. It
 * may split characters newer than its Unicode version, and conjuncts of Indic scripts (rule GB9c,
 * from Unicode 15.1), differently from a newer JDK.
 */
public final class CharacterTokenizer implements Tokenizer {
  private static final Pattern CLUSTER = Pattern.compile("\\X");

  @Override
  public List<Token> tokenize(String text) {
    List<Token> tokens = new ArrayList<>(text.length());
    Matcher matcher = null; // created on demand
    int start = 0;
    while (start < text.length()) {
      int end = start + 1;
      if (!standsAlone(text, start)) {
        matcher = matcher == null ? CLUSTER.matcher(text) : matcher;
        if (matcher.find(start)) {
          end = matcher.end();
        }
      }
      tokens.add(new Token(text.substring(start, end), start, end));
      start = end;
    }
    return tokens;
  }

  @Override
  public String detokenize(List<String> tokens) {
    return String.join("", tokens);
  }

  /**
   * Returns true if the code unit at a boundary is certainly a cluster of its own, without
   * matching.
   */
  private static boolean standsAlone(String text, int index) {
    char unit = text.charAt(index);
    if (!isSimple(unit)) {
      return false;
    }
    return index + 1 == text.length() || (isSimple(text.charAt(index + 1)) && unit != '\r');
  }

  /** Returns true if a code unit never joins with another such unit, except CR before LF. */
  private static boolean isSimple(char unit) {
    return unit < '\u0300' // Latin
        || (unit >= '\u0370' && unit <= '\u0482') // Greek, Cyrillic
        || (unit >= '\u3041' && unit <= '\u3096') // Hiragana
        || (unit >= '\u30A1' && unit <= '\u30FA') // Katakana
        || (unit >= '\u4E00' && unit <= '\u9FFF'); // Han
  }
}
