package org.seq4j.ngram;

import java.util.List;

/**
 * A source and its target.
 *
 * @param source source tokens
 * @param target target tokens
 */
public record PairExample(List<String> source, List<String> target) {

  /** Copies the lists. */
  public PairExample {
    source = List.copyOf(source);
    target = List.copyOf(target);
  }
}
