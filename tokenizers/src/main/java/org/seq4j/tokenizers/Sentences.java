package org.seq4j.tokenizers;

import java.util.Set;

/** Sentence boundaries, as in Moses' truecaser. */
final class Sentences {
  private static final Set<String> ENDS = Set.of(".", ":", "?", "!");
  private static final Set<String> BEFORE_THE_START =
      Set.of("(", "[", "\"", "'", "&apos;", "&quot;", "&#91;", "&#93;");

  private Sentences() {}

  /** Returns true if a word ends a sentence. */
  static boolean endsWith(String word) {
    return ENDS.contains(word);
  }

  /**
   * Returns true if a word may precede the first word of a sentence: a bracket or a quotation mark.
   */
  static boolean mayOpen(String word) {
    return BEFORE_THE_START.contains(word);
  }
}
