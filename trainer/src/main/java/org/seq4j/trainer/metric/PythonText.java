package org.seq4j.trainer.metric;

import java.util.ArrayList;
import java.util.List;

/** String functions of Python, in which the reference implementations of metrics are written. */
final class PythonText {
  private PythonText() {}

  /** Returns {@code text.split()}. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || isSpace(text.charAt(i))) {
        if (start < i) {
          words.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }

  /** Returns {@code text.strip()}. */
  static String strip(String text) {
    String right = stripRight(text);
    int start = 0;
    while (start < right.length() && isSpace(right.charAt(start))) {
      start++;
    }
    return right.substring(start);
  }

  /** Returns {@code text.rstrip()}. */
  static String stripRight(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** Returns {@code c.isspace()}; all white space is in the basic plane. */
  static boolean isSpace(char c) {
    return (c >= 9 && c <= 13)
        || (c >= 28 && c <= 32)
        || c == 0x85
        || c == 0xa0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200a)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202f
        || c == 0x205f
        || c == 0x3000;
  }
}
