package org.seq4j.runtime.translate;

import java.util.List;

/**
 * A translation, and how the search came to it.
 *
 * @param translation with the weights of attention
 * @param steps all hypotheses that the search extended, each after the one that it extends
 */
public record SearchTrace(Translation translation, List<Step> steps) {

  /**
   * A hypothesis that the search went on from.
   *
   * @param parent the index of the one that it extends by a symbol; -1 if that is its first
   * @param symbol that symbol
   * @param score natural logarithm of the probability of all its symbols
   */
  public record Step(int parent, String symbol, double score) {}
}
