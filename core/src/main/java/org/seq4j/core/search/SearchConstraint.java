package org.seq4j.core.search;

import java.util.List;
import org.seq4j.core.plugin.Kind;
import org.seq4j.core.text.Vocabulary;

/**
 * A constraint of the search: it forbids, requires or favours tokens. Thread-safe.
 *
 * <p>Configs list constraints under {@code search.constraints}.
 */
@Kind("constraint")
@FunctionalInterface
public interface SearchConstraint {

  /** Creates the rule for the hypotheses of one source. */
  Rule ruleFor(Source source);

  /**
   * The source of a search.
   *
   * @param tokens the source tokens, as the model reads them
   * @param target the target vocabulary
   */
  record Source(List<String> tokens, Vocabulary target) {

    /** Copies the tokens. */
    public Source {
      tokens = List.copyOf(tokens);
    }
  }

  /** The rule for one source: a function of the prefix, without state. */
  @FunctionalInterface
  interface Rule {

    /**
     * Changes the candidates for the next token of a hypothesis.
     *
     * @param prefix token ids of the hypothesis so far, without the begin token
     * @param next the candidates, to be changed
     */
    void apply(List<Integer> prefix, NextTokens next);

    /**
     * The number of required tokens; 0 if the rule requires none. A beam reserves places for
     * hypotheses by their {@link #progress} (Post and Vilar 2018, "Fast lexically constrained
     * decoding with dynamic beam allocation").
     */
    default int goal() {
      return 0;
    }

    /** The number of required tokens that a hypothesis contains, 0 to {@link #goal()}. */
    default int progress(List<Integer> prefix) {
      return 0;
    }
  }
}
