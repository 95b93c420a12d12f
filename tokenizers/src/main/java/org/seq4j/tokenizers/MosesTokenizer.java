package org.seq4j.tokenizers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.tokenizers.TracedText.Rule;

/**
 * Splits text into words and punctuation like the Moses tokenizer (Koehn et al. 2007, {@code
 * tokenizer.perl} 1.1), and joins tokens like its detokenizer. A full stop stays attached to an
 * abbreviation of the language's list, and to a word that a lower-case word follows.
 *
 * <p>White space is discarded, and detokenization is a guess, as in Moses.
 */
public final class MosesTokenizer implements Tokenizer {
  private static final String ALPHA = "\\p{IsAlphabetic}";
  private static final String ALNUM = ALPHA + "\\p{Nd}";

  /** White space, as defined by Perl. */
  private static final String SPACE =
      "[\\t-\\r \\x{85}\\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}]";

  /**
   * Replaces each dot of a sequence; the text contains no other control characters at that point.
   */
  private static final char DOT = '\u0001';

  private static final Pattern BLANK = Pattern.compile(SPACE + "*");

  private static final List<Rule> CLEAN =
      List.of(
          Rule.of(SPACE + "+", " "),
          Rule.of("[\\x{00}-\\x{1F}]", ""),
          Rule.of("^ +| +$| (?= )", ""));

  private static final Rule SPECIAL = Rule.of("([^" + ALNUM + " .'`,\\-])", " $1 ");
  private static final List<Rule> SPECIAL_WITH_COLON =
      List.of(
          Rule.of("([^" + ALNUM + " .:'`,\\-])", " $1 "), Rule.of("(:)(?=$|[^\\p{Ll}])", " $1 "));
  private static final List<Rule> SPECIAL_WITH_MIDDLE_DOT =
      List.of(
          Rule.of("([^" + ALNUM + " .\\x{B7}'`,\\-])", " $1 "),
          Rule.of("(\\x{B7})(?=$|[^\\p{Ll}])", " $1 "));

  private static final Rule HYPHENS = Rule.of("([" + ALNUM + "])-(?=[" + ALNUM + "])", "$1 @-@ ");

  private static final List<Rule> COMMAS =
      List.of(
          Rule.of("([^\\p{N}]),", "$1 , "),
          Rule.of(",([^\\p{N}])", " , $1"),
          Rule.of("(\\p{N}),$", "$1 ,"));

  private static final String NO_LETTER = "([^" + ALPHA + "])";
  private static final String LETTER = "([" + ALPHA + "])";

  private static final List<Rule> APOSTROPHES_RIGHT =
      List.of(
          Rule.of(NO_LETTER + "'" + NO_LETTER, "$1 ' $2"),
          Rule.of("([^" + ALPHA + "\\p{N}])'" + LETTER, "$1 ' $2"),
          Rule.of(LETTER + "'" + NO_LETTER, "$1 ' $2"),
          Rule.of(LETTER + "'" + LETTER, "$1 '$2"),
          Rule.of("(\\p{N})'(s)", "$1 '$2"));

  private static final List<Rule> APOSTROPHES_LEFT =
      List.of(
          Rule.of(NO_LETTER + "'" + NO_LETTER, "$1 ' $2"),
          Rule.of(NO_LETTER + "'" + LETTER, "$1 ' $2"),
          Rule.of(LETTER + "'" + NO_LETTER, "$1 ' $2"),
          Rule.of(LETTER + "'" + LETTER, "$1' $2"));

  private static final List<Rule> APOSTROPHES_APART = List.of(Rule.of("'", " ' "));

  private static final Rule STOP_BEFORE_QUOTE = Rule.of("\\.' *$", " . ' ");
  private static final Pattern STARTS_LOWER = Pattern.compile("^\\p{IsLowercase}");
  private static final Pattern STARTS_WITH_NUMBER = Pattern.compile("^[0-9]");
  private static final Pattern HAS_LETTER = Pattern.compile(LETTER);

  /** The configuration of the tokenizer. */
  public record Config(
      @Key(
              doc =
                  "The two-letter code of the language; it selects abbreviations (built in:"
                      + " en, de, fr; English ones for other languages) and the rules for"
                      + " apostrophes and detokenization.",
              defaultValue = "en")
          String language,
      @Key(
              doc = "Whether hyphens inside words become separate tokens, written @-@.",
              defaultValue = "false")
          boolean aggressive,
      @Key(
              doc =
                  "Whether & | < > ' \" [ ] are escaped for the Moses decoder, for example as"
                      + " &apos;.",
              defaultValue = "false")
          boolean escape,
      @Key(
              doc =
                  "A file of abbreviations, one per line, instead of the built-in list of the"
                      + " language. An abbreviation followed by #NUMERIC_ONLY# counts only before a"
                      + " number.")
          Optional<Path> abbreviations,
      @Key(
              doc =
                  "A file of regular expressions, one per line, as for -protected of"
                      + " tokenizer.perl. What they match, such as URLs, is not split.",
              example = "protected.txt")
          Optional<Path> protectedPatterns) {

    /** Creates a configuration without protected patterns. */
    public Config(
        String language, boolean aggressive, boolean escape, Optional<Path> abbreviations) {
      this(language, aggressive, escape, abbreviations, Optional.empty());
    }
  }

  private final Config config;
  private final ProtectedPatterns protectedPatterns;
  private final Abbreviations abbreviations;
  private final List<Rule> apart;

  /** Creates the tokenizer from its configuration. */
  public MosesTokenizer(Config config) {
    this.config = config;
    this.abbreviations =
        config
            .abbreviations()
            .map(Abbreviations::read)
            .orElseGet(() -> Abbreviations.of(config.language()));
    this.protectedPatterns =
        config.protectedPatterns().map(ProtectedPatterns::read).orElse(ProtectedPatterns.NONE);
    this.apart = new ArrayList<>(special(config.language()));
    if (config.aggressive()) {
      apart.add(HYPHENS);
    }
  }

  private static List<Rule> special(String language) {
    return switch (language) {
      case "fi", "sv" -> SPECIAL_WITH_COLON;
      case "ca" -> SPECIAL_WITH_MIDDLE_DOT;
      default -> List.of(SPECIAL);
    };
  }

  private static List<Rule> apostrophes(String language) {
    return switch (language) {
      case "en" -> APOSTROPHES_RIGHT;
      case "fr", "it", "ga", "ca" -> APOSTROPHES_LEFT;
      default -> APOSTROPHES_APART;
    };
  }

  @Override
  public List<Token> tokenize(String text) {
    if (BLANK.matcher(text).matches()) {
      return List.of();
    }
    TracedText line = new TracedText(text);
    line.apply(CLEAN);
    List<String> hidden = protectedPatterns.hide(line);
    line.apply(apart);
    line.apply(Dots.TOGETHER);
    line.apply(COMMAS);
    line.apply(apostrophes(config.language()));
    return finished(stops(line), hidden);
  }

  /**
   * Sequences of dots, which are one token; {@link #DOT} hides them from the rules for a single
   * dot.
   */
  private static final class Dots {
    static final List<Rule> TOGETHER =
        List.of(
            Rule.of("(?<=\\.\\.)(?=[^.])", " "),
            Rule.of("(?<!\\.)(?=\\.\\.)", " "),
            Rule.of("\\.(?=\\.)|(?<=\\.)\\.", String.valueOf(DOT)));
  }

  /** Splits off the full stops at the ends of words, except for abbreviations. */
  private TracedText stops(TracedText line) {
    String text = line.text();
    List<String> words = new ArrayList<>(List.of(text.split(" ", -1)));
    while (!words.isEmpty() && words.get(words.size() - 1).isEmpty()) {
      words.remove(words.size() - 1);
    }
    List<Integer> splits = new ArrayList<>();
    int end = -1;
    for (int i = 0; i < words.size(); i++) {
      end += 1 + words.get(i).length();
      boolean stop = words.get(i).length() > 1 && words.get(i).endsWith(".");
      if (stop && !keepsStop(words, i)) {
        splits.add(end - 1);
      }
    }
    line.insertSpaces(splits);
    line.apply(STOP_BEFORE_QUOTE);
    return line;
  }

  private boolean keepsStop(List<String> words, int index) {
    if (index == words.size() - 1) {
      return false;
    }
    String word = words.get(index);
    String before = word.substring(0, word.length() - 1);
    String next = words.get(index + 1);
    return (before.contains(".") && HAS_LETTER.matcher(before).find())
        || abbreviations.always().contains(before)
        || STARTS_LOWER.matcher(next).find()
        || (abbreviations.beforeNumbers().contains(before)
            && STARTS_WITH_NUMBER.matcher(next).find());
  }

  private List<Token> finished(TracedText line, List<String> hidden) {
    return line.words().stream()
        .map(
            token -> {
              String text = ProtectedPatterns.shown(token.text(), hidden).replace(DOT, '.');
              return new Token(
                  config.escape() ? Escapes.escape(text) : text, token.start(), token.end());
            })
        .toList();
  }

  @Override
  public String detokenize(List<String> tokens) {
    return new Detokenizer(config.language()).join(String.join(" ", tokens));
  }
}
