package org.seq4j.core.search;

import java.util.Collection;

/**
 * The candidates for the next token of a hypothesis, with log-probabilities that rules can change.
 * The changes affect the ranking of hypotheses, not their reported score, which is the model's.
 */
public interface NextTokens {

  /** The id of the end token. */
  int end();

  /** The maximum number of further tokens, without the end token. */
  int remaining();

  /** Forbids a token. */
  void forbid(int token);

  /**
   * Forbids all tokens except the given ones, and so the end token unless it is among them. After
   * several calls, only the tokens given in all of them are allowed.
   */
  void allowOnly(Collection<Integer> tokens);

  /** Adds a bonus to the log-probability of a token; a negative bonus is a penalty. */
  void add(int token, double bonus);

  /**
   * Multiplies the log-probability of a token by a factor, which makes the token less likely.
   *
   * @param factor at least 1
   * @throws IllegalArgumentException if the factor is below 1
   */
  void scale(int token, double factor);

  /**
   * Includes a token in the candidates, however unlikely it is. By default, a search considers only
   * the most probable tokens.
   */
  void consider(int token);
}
