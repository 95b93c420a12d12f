package org.seq4j.tokenizers;

import java.util.Set;

/** Where sentences begin and end among words, as Moses' truecaser has it. */
final class Sentences {
  private static final Set<String> ENDS = Set.of(".", ":", "?", "!");
  private static final Set<String> BEFORE_THE_START =
      Set.of("(", "[", "\"", "'", "&apos;", "&quot;", "&#91;", "&#93;");

  private Sentences() {}

  /** Whether a sentence ends with a word. */
  static boolean endsWith(String word) {
    return ENDS.contains(word);
  }

  /** Whether a word may stand before the first one of a sentence: a bracket or a quote. */
  static boolean mayOpen(String word) {
    return BEFORE_THE_START.contains(word);
  }
}
