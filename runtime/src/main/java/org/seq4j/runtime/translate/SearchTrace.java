package org.seq4j.runtime.translate;

import java.util.List;

/**
 * A translation and the hypotheses of its search.
 *
 * @param translation the result, with attention weights
 * @param steps all hypotheses that the search extended, each after its parent, in the order in
 *     which the model writes
 */
public record SearchTrace(Translation translation, List<Step> steps) {

  /**
   * A hypothesis that the search extended.
   *
   * @param parent index of the hypothesis without the last token; -1 if that is empty
   * @param token the last token
   * @param score natural logarithm of the probability of all its tokens
   */
  public record Step(int parent, String token, double score) {}
}
