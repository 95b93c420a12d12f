package org.seq4j.tokenizers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.seq4j.tokenizers.TracedText.Rule;

/**
 * Regular expressions whose matches are not split, as with {@code -protected} of Moses' tokenizer.
 * While the rules are applied, a placeholder stands for each match.
 */
record ProtectedPatterns(List<Pattern> patterns) {
  private static final String PLACEHOLDER = "THISISPROTECTED";

  static final ProtectedPatterns NONE = new ProtectedPatterns(List.of());

  /**
   * Reads a file with an expression per line.
   *
   * @throws IllegalArgumentException if it cannot be read, or a line is no regular expression
   */
  static ProtectedPatterns read(Path file) {
    List<Pattern> patterns = new ArrayList<>();
    List<String> lines = TextFiles.lines(file, "regular expressions, one per line");
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isEmpty()) {
        continue;
      }
      try { // in Perl, the classes are those of Unicode
        patterns.add(Pattern.compile(lines.get(i), Pattern.UNICODE_CHARACTER_CLASS));
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "%s, line %s: '%s' is not a regular expression: %s"
                .formatted(file, Integer.toString(i + 1), lines.get(i), e.getDescription()),
            e);
      }
    }
    return new ProtectedPatterns(List.copyOf(patterns));
  }

  /** Replaces the matches by placeholders, and returns them. */
  List<String> hide(TracedText line) {
    List<String> hidden = new ArrayList<>();
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(line.text());
      while (matcher.find()) {
        if (!matcher.group().isBlank()) {
          hidden.add(matcher.group());
        }
      }
    }
    for (int i = 0; i < hidden.size(); i++) {
      line.apply(new Rule(Pattern.compile(Pattern.quote(hidden.get(i))), placeholder(i)));
    }
    return hidden;
  }

  /** Puts the matches back in place of their placeholders. */
  static String shown(String token, List<String> hidden) {
    if (!token.contains(PLACEHOLDER)) {
      return token; // nearly all tokens
    }
    String shown = token;
    for (int i = 0; i < hidden.size(); i++) {
      shown = shown.replace(placeholder(i), hidden.get(i));
    }
    return shown;
  }

  private static String placeholder(int index) {
    return String.format(Locale.ROOT, PLACEHOLDER + "%03d", index);
  }
}
