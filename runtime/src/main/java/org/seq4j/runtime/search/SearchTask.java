package org.seq4j.runtime.search;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.seq4j.core.search.SearchConstraint;

/**
 * The task of a search for one source.
 *
 * @param minLength the minimum number of tokens, the end token not counted
 * @param maxLength the maximum number of tokens, the end token not counted
 * @param positions the number of source positions that count for coverage
 * @param seed seed of the samples for this source, combined with the seed of the search
 * @param rules rules for the next token, all of which apply
 * @param onProgress called after each step with the best hypothesis so far; returning false stops
 *     the search for this source
 */
public record SearchTask(
    int minLength,
    int maxLength,
    int positions,
    long seed,
    List<SearchConstraint.Rule> rules,
    Optional<Predicate<List<Integer>>> onProgress) {

  /** Checks the lengths. */
  public SearchTask {
    rules = List.copyOf(rules);
    if (maxLength < 0 || minLength < 0 || minLength > maxLength) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected 0 <= minimum length <= maximum length, got %d and %d",
              minLength,
              maxLength));
    }
  }

  /** Creates a task with a maximum length and no rules. */
  public static SearchTask upTo(int maxLength) {
    return new SearchTask(0, maxLength, Integer.MAX_VALUE, 0, List.of(), Optional.empty());
  }

  /** Returns a copy with another seed. */
  SearchTask withSeed(long other) {
    return new SearchTask(minLength, maxLength, positions, other, rules, onProgress);
  }

  /** Calls the progress listener; returns true if the search is to continue. */
  boolean keepsGoing(PartialHypothesis best) {
    return onProgress.isEmpty() || onProgress.get().test(best.tokens());
  }

  /** Returns the total number of tokens required by the rules. */
  int goal() {
    return rules.stream().mapToInt(SearchConstraint.Rule::goal).sum();
  }

  /** Returns the number of required tokens that a prefix contains. */
  int progress(List<Integer> prefix) {
    return rules.stream().mapToInt(rule -> rule.progress(prefix)).sum();
  }

  /**
   * Applies the rules to the continuations of a hypothesis; returns null if they change nothing.
   *
   * @param end id of the token that ends a hypothesis
   */
  AdjustedTokens after(PartialHypothesis path, int end) {
    if (rules.isEmpty() && path.length() >= minLength) {
      return null;
    }
    AdjustedTokens next = new AdjustedTokens(end, maxLength - path.length());
    if (path.length() < minLength) {
      next.forbid(end);
    }
    if (!rules.isEmpty()) {
      List<Integer> prefix = path.tokens();
      rules.forEach(rule -> rule.apply(prefix, next));
    }
    return next;
  }
}
