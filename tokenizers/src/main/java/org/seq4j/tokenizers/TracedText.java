package org.seq4j.tokenizers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seq4j.core.text.Token;

/** A text that rules rewrite, with the position of each code unit in the raw text. */
final class TracedText {
  private String text;
  private int[] starts; // position in the raw text of each UTF-16 unit
  private int[] ends;

  TracedText(String raw) {
    text = raw;
    starts = new int[raw.length()];
    ends = new int[raw.length()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = i;
      ends[i] = i + 1;
    }
  }

  /** Returns the current text. */
  String text() {
    return text;
  }

  /** A rule: a pattern and its replacement, in which {@code $1} is a group. */
  record Rule(Pattern pattern, String replacement) {
    static Rule of(String regex, String replacement) {
      return new Rule(Pattern.compile(regex), replacement);
    }
  }

  void apply(List<Rule> rules) {
    rules.forEach(this::apply);
  }

  /** Replaces the matches of a rule, from left to right, like {@link Matcher#replaceAll}. */
  void apply(Rule rule) {
    Matcher matcher = rule.pattern().matcher(text);
    if (matcher.find()) {
      Copy copy = new Copy();
      int end = 0;
      do {
        copy.keep(end, matcher.start());
        copy.put(rule.replacement(), matcher);
        end = matcher.end();
      } while (matcher.find());
      copy.keep(end, text.length());
      copy.take();
    }
  }

  /** Inserts a space before each of the given units, which are in ascending order. */
  void insertSpaces(List<Integer> before) {
    if (before.isEmpty()) {
      return;
    }
    Copy copy = new Copy();
    int end = 0;
    for (int at : before) {
      copy.keep(end, at);
      copy.add(' ', starts[at], starts[at]);
      end = at;
    }
    copy.keep(end, text.length());
    copy.take();
  }

  /** The new text of a replacement. */
  private final class Copy {
    private final StringBuilder units = new StringBuilder(text.length() + 16);
    private int[] newStarts = new int[text.length() + 16];
    private int[] newEnds = new int[text.length() + 16];

    void keep(int from, int to) {
      for (int i = from; i < to; i++) {
        add(text.charAt(i), starts[i], ends[i]);
      }
    }

    /**
     * Appends a replacement; text between two groups is traced to the text matched between them.
     */
    void put(String replacement, Matcher matcher) {
      int from = matcher.start();
      for (int i = 0; i < replacement.length(); i++) {
        if (replacement.charAt(i) == '$') {
          i++;
          int group = replacement.charAt(i) - '0';
          keep(matcher.start(group), matcher.end(group));
          from = matcher.end(group);
        } else {
          int next = replacement.indexOf('$', i);
          int to = next < 0 ? matcher.end() : matcher.start(replacement.charAt(next + 1) - '0');
          int rawStart = rawStart(from);
          add(replacement.charAt(i), rawStart, from < to ? ends[to - 1] : rawStart);
        }
      }
    }

    private int rawStart(int at) {
      return at < text.length() ? starts[at] : at == 0 ? 0 : ends[at - 1];
    }

    private void add(char unit, int start, int end) {
      int at = units.length();
      if (at == newStarts.length) {
        newStarts = Arrays.copyOf(newStarts, 2 * at);
        newEnds = Arrays.copyOf(newEnds, 2 * at);
      }
      units.append(unit);
      newStarts[at] = start;
      newEnds[at] = end;
    }

    void take() {
      text = units.toString();
      starts = newStarts;
      ends = newEnds;
    }
  }

  /** Splits the text at spaces; ranges in the raw text do not overlap. */
  List<Token> words() {
    List<Token> words = new ArrayList<>();
    int from = 0;
    int rawEnd = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == ' ') {
        if (from < i) {
          int rawStart = Math.max(rawEnd, starts[from]);
          rawEnd = Math.max(rawStart, ends[i - 1]);
          words.add(new Token(text.substring(from, i), rawStart, rawEnd));
        }
        from = i + 1;
      }
    }
    return words;
  }
}
