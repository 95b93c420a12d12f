package org.seq4j.runtime.search;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.seq4j.core.search.NextTokens;

/** The candidates for the next token of a hypothesis, with the changes made by rules. */
final class AdjustedTokens implements NextTokens {
  private final int end;
  private final int left;
  private final Map<Integer, Change> changes = new HashMap<>();
  private final Set<Integer> considered = new HashSet<>();
  private Set<Integer> only; // null: no restriction

  /** A change of a log-probability to {@code factor * logProbability + bonus}. */
  private record Change(double factor, double bonus) {
    static final Change NONE = new Change(1, 0);
  }

  AdjustedTokens(int end, int left) {
    this.end = end;
    this.left = left;
  }

  @Override
  public int end() {
    return end;
  }

  @Override
  public int remaining() {
    return left;
  }

  @Override
  public void forbid(int token) {
    add(token, Double.NEGATIVE_INFINITY);
  }

  @Override
  public void allowOnly(Collection<Integer> tokens) {
    if (only == null) {
      only = new HashSet<>(tokens);
    } else {
      only.retainAll(tokens);
    }
  }

  @Override
  public void add(int token, double bonus) {
    changes.compute(
        token,
        (id, before) -> {
          Change change = before == null ? Change.NONE : before;
          return new Change(change.factor(), change.bonus() + bonus);
        });
    if (bonus > 0) {
      considered.add(token);
    }
  }

  @Override
  public void scale(int token, double factor) {
    if (!(factor >= 1)) {
      throw new IllegalArgumentException("expected a factor of at least 1, got " + factor);
    }
    changes.compute(
        token,
        (id, before) -> {
          Change change = before == null ? Change.NONE : before;
          return new Change(change.factor() * factor, change.bonus() * factor);
        });
  }

  @Override
  public void consider(int token) {
    considered.add(token);
  }

  /** Returns the number of tokens with changed log-probabilities. */
  int changed() {
    return changes.size();
  }

  boolean isLimited() {
    return only != null;
  }

  /** Returns the tokens whose probabilities must be requested. */
  Set<Integer> wanted() {
    return only != null ? only : considered;
  }

  /** Returns the log-probability of a token for ranking. */
  double rank(int token, double logProbability) {
    Change change = changes.get(token);
    if (change == null) {
      return logProbability;
    }
    return logProbability == Double.NEGATIVE_INFINITY
        ? logProbability
        : change.factor() * logProbability + change.bonus();
  }
}
