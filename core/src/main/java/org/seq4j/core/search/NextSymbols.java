package org.seq4j.core.search;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * All symbols that may follow a hypothesis, as rules change them. What a change gives is what
 * hypotheses are ranked by; their score stays what the model says.
 */
public final class NextSymbols {
  private final int end;
  private final int left;
  private final Map<Integer, Change> changes = new HashMap<>();
  private final Set<Integer> considered = new HashSet<>();
  private Set<Integer> only; // null: all

  /** A log-probability becomes {@code factor * it + bonus}. */
  private record Change(double factor, double bonus) {
    static final Change NONE = new Change(1, 0);
  }

  NextSymbols(int end, int left) {
    this.end = end;
    this.left = left;
  }

  /** The id of the symbol that ends a hypothesis. */
  public int end() {
    return end;
  }

  /** How many symbols may still follow, the end not counted. */
  public int left() {
    return left;
  }

  /** Makes a symbol impossible. */
  public void forbid(int symbol) {
    add(symbol, Double.NEGATIVE_INFINITY);
  }

  /** Makes all others impossible. */
  public void only(Collection<Integer> symbols) {
    if (only == null) {
      only = new HashSet<>(symbols);
    } else {
      only.retainAll(symbols);
    }
  }

  /** Adds to the log-probability of a symbol. */
  public void add(int symbol, double bonus) {
    changes.compute(
        symbol,
        (id, before) -> {
          Change change = before == null ? Change.NONE : before;
          return new Change(change.factor(), change.bonus() + bonus);
        });
    if (bonus > 0) {
      considered.add(symbol);
    }
  }

  /**
   * Multiplies the log-probability of a symbol: it becomes less likely.
   *
   * @param factor at least 1
   */
  public void scale(int symbol, double factor) {
    if (!(factor >= 1)) {
      throw new IllegalArgumentException("expected a factor of at least 1, got " + factor);
    }
    changes.compute(
        symbol,
        (id, before) -> {
          Change change = before == null ? Change.NONE : before;
          return new Change(change.factor() * factor, change.bonus() * factor);
        });
  }

  /** Has the search look at a symbol, however unlikely it is. */
  public void consider(int symbol) {
    considered.add(symbol);
  }

  /** How many of the most likely symbols may not be what they seem. */
  int changed() {
    return changes.size();
  }

  boolean isLimited() {
    return only != null;
  }

  /** The symbols whose probabilities have to be known. */
  Set<Integer> wanted() {
    return only != null ? only : considered;
  }

  /** What a symbol is ranked by. */
  double rank(int symbol, double logProbability) {
    Change change = changes.get(symbol);
    if (change == null) {
      return logProbability;
    }
    return logProbability == Double.NEGATIVE_INFINITY
        ? logProbability
        : change.factor() * logProbability + change.bonus();
  }
}
