package org.seq4j.core.search;

import java.util.Collection;

/**
 * All tokens that may follow a hypothesis, for rules to change. Changes decide how hypotheses are
 * ranked; their score stays the model's.
 */
public interface NextTokens {

  /** The id of the token that ends a hypothesis. */
  int end();

  /** The number of tokens that may still follow, the end not counted. */
  int left();

  /** Makes a token impossible. */
  void forbid(int token);

  /** Makes all other tokens impossible. */
  void only(Collection<Integer> tokens);

  /** Adds to the log-probability of a token. */
  void add(int token, double bonus);

  /**
   * Multiplies the log-probability of a token: it becomes less likely.
   *
   * @param factor at least 1
   * @throws IllegalArgumentException if the factor is less
   */
  void scale(int token, double factor);

  /** Has the search look at a token, however unlikely it is. */
  void consider(int token);
}
