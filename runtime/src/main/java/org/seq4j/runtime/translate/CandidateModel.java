package org.seq4j.runtime.translate;

import java.util.List;
import java.util.Set;

/**
 * A model of whole targets, such as a joint n-gram model, that joins a translator: both propose
 * candidates, and each candidate is scored by both. Tokens have the order of the texts, also where
 * the translator's model reads or writes them in reverse order. Thread-safe.
 *
 * @see Translator#joinedBy
 */
public interface CandidateModel {

  /**
   * Proposes targets.
   *
   * @param source source tokens
   * @param count maximum number of targets
   * @return the tokens of each target, best first; none if the model does not know the source
   */
  List<List<String>> candidates(List<String> source, int count);

  /**
   * Computes the log-probability of a target, conditional on the source or joint with it. It
   * depends on nothing else.
   *
   * @return a finite number, also for a target that the model does not have
   */
  double score(List<String> source, List<String> target);

  /** Returns the source tokens that the model knows. */
  Set<String> sourceTokens();

  /** Returns the target tokens that the model knows. */
  Set<String> targetTokens();
}
