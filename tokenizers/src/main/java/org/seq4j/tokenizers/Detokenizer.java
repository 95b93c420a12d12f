package org.seq4j.tokenizers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Joins tokens like Moses' {@code detokenizer.perl}: with spaces, except around punctuation. */
final class Detokenizer {
  private static final Pattern AS_IT_IS = Pattern.compile("<.+>|\\s*");
  private static final Pattern OPENS = Pattern.compile("[\\p{Sc}(\\[{\\x{BF}\\x{A1}]+");
  private static final Pattern CLOSES = Pattern.compile("[,.?!:;\\\\%}\\])]+");
  private static final Pattern SPACED_IN_FRENCH = Pattern.compile("[?!:;\\\\%]");
  private static final Pattern CONTRACTION = Pattern.compile("^'\\p{IsAlphabetic}");
  private static final Pattern ENDS_IN_WORD = Pattern.compile("[\\p{IsAlphabetic}\\p{Nd}]$");
  private static final Pattern ELISION = Pattern.compile("\\p{IsAlphabetic}'$");
  private static final Pattern STARTS_WITH_LETTER = Pattern.compile("^\\p{IsAlphabetic}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern POINT = Pattern.compile("[.,]");
  private static final Pattern ENDS_WITH_LETTER = Pattern.compile("\\p{IsAlphabetic}$");
  private static final Pattern DASH = Pattern.compile("[-\\x{2013}]");
  private static final Pattern CZECH_SUFFIX =
      Pattern.compile("li|mail.*", Pattern.CASE_INSENSITIVE);
  private static final Pattern QUOTES = Pattern.compile("['\"\\x{201E}\\x{201C}`]+");
  private static final Pattern CURLY_QUOTES = Pattern.compile("[\\x{201E}\\x{201C}\\x{201D}]+");
  private static final Pattern SPACES = Pattern.compile(" +");

  private final String language;
  private final StringBuilder text = new StringBuilder();
  private final Map<String, Integer> quotes = new HashMap<>(); // number of occurrences so far
  private List<String> words = List.of();
  private String space = " ";

  Detokenizer(String language) {
    this.language = language;
  }

  /** Joins tokens that are separated by spaces. An instance joins one line only. */
  String join(String line) {
    if (AS_IT_IS.matcher(line).matches()) {
      return line.isBlank() ? "" : line;
    }
    words = words(Escapes.unescape((" " + line + " ").replace(" @-@ ", "-")));
    for (int i = 0; i < words.size(); i++) {
      i += add(i);
    }
    return SPACES.matcher(text).replaceAll(" ").strip();
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>(List.of(text.split(" ", -1)));
    while (!words.isEmpty() && words.get(words.size() - 1).isEmpty()) {
      words.remove(words.size() - 1);
    }
    return words;
  }

  /** Adds a token; returns the number of following tokens that it also consumed. */
  private int add(int i) {
    String word = words.get(i);
    String before = i > 0 ? words.get(i - 1) : "";
    if (startsWithHan(word)) {
      if (i > 0 && endsWithHan(before)) {
        toTheLeft(word);
      } else {
        apart(word);
      }
    } else if (OPENS.matcher(word).matches()) {
      toTheRight(word);
    } else if (CLOSES.matcher(word).matches()) {
      if (language.equals("fr") && SPACED_IN_FRENCH.matcher(word).matches()) {
        text.append(' ');
      }
      toTheLeft(word);
    } else if (isContraction(i) || isDecimal(i)) {
      toTheLeft(word);
    } else if (isElision(i)) {
      toTheRight(word);
    } else if (isCzechDash(i)) {
      toTheRight(word + words.get(i + 1));
      return 1;
    } else if (QUOTES.matcher(word).matches()) {
      addQuote(word, before);
    } else {
      apart(word);
    }
    return 0;
  }

  private void toTheLeft(String word) {
    text.append(word);
    space = " ";
  }

  private void toTheRight(String word) {
    text.append(space).append(word);
    space = "";
  }

  private void apart(String word) {
    text.append(space).append(word);
    space = " ";
  }

  private boolean isContraction(int i) {
    return language.equals("en")
        && i > 0
        && CONTRACTION.matcher(words.get(i)).find()
        && ENDS_IN_WORD.matcher(words.get(i - 1)).find();
  }

  private boolean isDecimal(int i) {
    return language.equals("cs")
        && i > 1
        && NUMBER.matcher(words.get(i - 2)).matches()
        && POINT.matcher(words.get(i - 1)).matches()
        && NUMBER.matcher(words.get(i)).matches();
  }

  private boolean isElision(int i) {
    return (language.equals("fr") || language.equals("it"))
        && i <= words.size() - 2
        && ELISION.matcher(words.get(i)).find()
        && STARTS_WITH_LETTER.matcher(words.get(i + 1)).find();
  }

  private boolean isCzechDash(int i) {
    return language.equals("cs")
        && i < words.size() - 3
        && ENDS_WITH_LETTER.matcher(words.get(i)).find()
        && DASH.matcher(words.get(i + 1)).matches()
        && CZECH_SUFFIX.matcher(words.get(i + 2)).matches();
  }

  /** Adds a quotation mark; opening and closing ones alternate. */
  private void addQuote(String word, String before) {
    String kind = CURLY_QUOTES.matcher(word).matches() ? "\"" : word;
    if (language.equals("cs") && word.equals("\u201E")) {
      quotes.put(kind, 0);
    } else if (language.equals("cs") && word.equals("\u201C")) {
      quotes.put(kind, 1);
    }
    boolean opens = quotes.getOrDefault(kind, 0) % 2 == 0;
    if (opens && language.equals("en") && word.equals("'") && before.endsWith("s")) {
      toTheLeft(word); // the Jones' house
      return;
    }
    if (opens) {
      toTheRight(word);
    } else {
      toTheLeft(word);
    }
    quotes.merge(kind, 1, Integer::sum);
  }

  private static boolean startsWithHan(String word) {
    return !word.isEmpty() && isHan(word.codePointAt(0));
  }

  private static boolean endsWithHan(String word) {
    return !word.isEmpty() && isHan(word.codePointBefore(word.length()));
  }

  /**
   * Returns true for Chinese, Japanese, Korean and neighbouring code points, as listed by Moses.
   */
  private static boolean isHan(int c) {
    return (c >= 0x1100 && c <= 0x11FF)
        || (c >= 0x2E80 && c <= 0xA4CF)
        || (c >= 0xA840 && c <= 0xA87F)
        || (c >= 0xAC00 && c <= 0xD7AF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE4F)
        || (c >= 0xFF65 && c <= 0xFFDC)
        || (c >= 0x20000 && c <= 0x2FFFF);
  }
}
