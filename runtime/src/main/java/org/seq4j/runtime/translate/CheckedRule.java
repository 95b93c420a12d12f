package org.seq4j.runtime.translate;

import java.util.Collection;
import java.util.List;
import org.seq4j.core.search.NextTokens;
import org.seq4j.core.search.SearchConstraint;

/**
 * A rule that may only name tokens that exist: another id would be ignored without a word.
 *
 * @param rule the rule
 * @param ids number of ids: of the vocabulary, and of source positions that may be copied
 */
record CheckedRule(SearchConstraint.Rule rule, int ids) implements SearchConstraint.Rule {

  @Override
  public void apply(List<Integer> prefix, NextTokens next) {
    rule.apply(prefix, new Checked(next));
  }

  @Override
  public int goal() {
    return rule.goal();
  }

  @Override
  public int progress(List<Integer> prefix) {
    return rule.progress(prefix);
  }

  private int check(int token) {
    if (token < 0 || token >= ids) {
      throw new IllegalArgumentException(
          "a rule of the search names the token id "
              + token
              + ": expected 0 to "
              + (ids - 1)
              + ". Vocabulary.id returns the id of a token");
    }
    return token;
  }

  private final class Checked implements NextTokens {
    private final NextTokens next;

    Checked(NextTokens next) {
      this.next = next;
    }

    @Override
    public int end() {
      return next.end();
    }

    @Override
    public int remaining() {
      return next.remaining();
    }

    @Override
    public void forbid(int token) {
      next.forbid(check(token));
    }

    @Override
    public void allowOnly(Collection<Integer> tokens) {
      tokens.forEach(CheckedRule.this::check);
      next.allowOnly(tokens);
    }

    @Override
    public void add(int token, double bonus) {
      next.add(check(token), bonus);
    }

    @Override
    public void scale(int token, double factor) {
      next.scale(check(token), factor);
    }

    @Override
    public void consider(int token) {
      next.consider(check(token));
    }
  }
}
