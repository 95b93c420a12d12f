package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.seq4j.core.search.NextTokens;
import org.seq4j.core.search.SearchConstraint;
import org.seq4j.core.text.Vocabulary;

/**
 * Contract of constraints of the search: their rules name tokens that exist and depend on nothing
 * but the prefix. A test extends it and implements {@link #constraint()}.
 */
public abstract class ConstraintContract {

  /** Returns the constraint under test. */
  protected abstract SearchConstraint constraint();

  /** Returns the target vocabulary to test with, after the four special tokens. */
  protected List<String> vocabulary() {
    return List.of("a", "b", "c", "d", "e");
  }

  /** Returns the sources to test with. */
  protected List<List<String>> sources() {
    return List.of(List.of("a", "b"), List.of("c"), List.of("unknown"), List.of());
  }

  private SearchConstraint.Rule rule(List<String> source) {
    SearchConstraint.Rule rule =
        constraint().ruleFor(new SearchConstraint.Source(source, new Words(vocabulary())));
    assertThat(rule).as("the rule for %s, which must not be null", source).isNotNull();
    return rule;
  }

  private List<List<Integer>> prefixes() {
    List<List<Integer>> prefixes = new ArrayList<>(List.of(List.of()));
    for (int id = 4; id < 4 + vocabulary().size(); id++) {
      prefixes.add(List.of(id));
      prefixes.add(List.of(id, 4, id));
    }
    return prefixes;
  }

  @Test
  public void rulesNameTokensThatExist() {
    for (List<String> source : sources()) {
      SearchConstraint.Rule rule = rule(source);
      for (List<Integer> prefix : prefixes()) {
        for (int id : applied(rule, prefix).named) {
          assertThat(id)
              .as("a token that the rule for %s names after %s: see Vocabulary.id", source, prefix)
              .isBetween(0, 3 + vocabulary().size());
        }
      }
    }
  }

  @Test
  public void rulesAreFunctionsOfThePrefix() {
    for (List<String> source : sources()) {
      SearchConstraint.Rule rule = rule(source);
      List<String> first =
          prefixes().stream().map(it -> applied(rule, it).calls.toString()).toList();
      List<String> again =
          prefixes().stream().map(it -> applied(rule, it).calls.toString()).toList();
      assertThat(again)
          .as("the changes for the same prefixes again: a rule for %s has no state", source)
          .isEqualTo(first);
    }
  }

  @Test
  public void progressIsBetweenZeroAndTheGoal() {
    for (List<String> source : sources()) {
      SearchConstraint.Rule rule = rule(source);
      assertThat(rule.goal()).as("the goal for %s", source).isNotNegative();
      for (List<Integer> prefix : prefixes()) {
        assertThat(rule.progress(prefix))
            .as("the progress of %s for %s", prefix, source)
            .isBetween(0, rule.goal());
      }
    }
  }

  private static Recorded applied(SearchConstraint.Rule rule, List<Integer> prefix) {
    Recorded recorded = new Recorded();
    rule.apply(prefix, recorded);
    return recorded;
  }

  /** A vocabulary of words. */
  private record Words(List<String> words) implements Vocabulary {
    @Override
    public int size() {
      return 4 + words.size();
    }

    @Override
    public int id(String token) {
      int index = words.indexOf(token);
      return index < 0 ? UNKNOWN : 4 + index;
    }

    @Override
    public String token(int id) {
      return id < 4 ? "<" + id + ">" : words.get(id - 4);
    }
  }

  /** Records the calls of a rule. */
  private static final class Recorded implements NextTokens {
    private final List<String> calls = new ArrayList<>();
    private final List<Integer> named = new ArrayList<>();

    @Override
    public int end() {
      return Vocabulary.END;
    }

    @Override
    public int remaining() {
      return 10;
    }

    private void note(String call, int token) {
      named.add(token);
      calls.add(call + " " + token);
    }

    @Override
    public void forbid(int token) {
      note("forbid", token);
    }

    @Override
    public void allowOnly(Collection<Integer> tokens) {
      named.addAll(tokens);
      calls.add("allow " + new TreeSet<>(tokens));
    }

    @Override
    public void add(int token, double bonus) {
      note("add " + bonus, token);
    }

    @Override
    public void scale(int token, double factor) {
      note("scale " + factor, token);
    }

    @Override
    public void consider(int token) {
      note("consider", token);
    }
  }
}
