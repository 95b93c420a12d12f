package org.seq4j.ngram;

import java.util.List;

/**
 * A few source tokens and the target tokens that they correspond to.
 *
 * @param source one or more tokens
 * @param target any number of tokens
 */
record TokenPair(List<String> source, List<String> target) {

  /** Copies the lists. */
  TokenPair {
    source = List.copyOf(source);
    target = List.copyOf(target);
    if (source.isEmpty()) {
      throw new IllegalArgumentException("a pair has at least one source token");
    }
  }
}
