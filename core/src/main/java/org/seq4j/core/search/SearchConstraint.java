package org.seq4j.core.search;

import java.util.List;
import org.seq4j.core.plugin.Kind;
import org.seq4j.core.text.Vocabulary;

/**
 * A rule over what a search may say: it forbids, asks for or favours tokens. Thread-safe.
 *
 * <p>A plugin adds one as it adds any component; it is named in a config file under {@code
 * search.constraints}.
 */
@Kind("constraint")
@FunctionalInterface
public interface SearchConstraint {

  /** The rule for the targets of one source. */
  Rule of(Source source);

  /**
   * A source as rules see it.
   *
   * @param symbols as the model reads them
   * @param target the vocabulary of what is said
   */
  record Source(List<String> symbols, Vocabulary target) {

    /** Takes the symbols as they are now. */
    public Source {
      symbols = List.copyOf(symbols);
    }
  }

  /** A rule for one source. It keeps nothing: what it says follows from what was said. */
  @FunctionalInterface
  interface Rule {

    /**
     * Changes what may follow.
     *
     * @param prefix ids of the tokens of a hypothesis so far
     * @param next all tokens, to be changed
     */
    void apply(List<Integer> prefix, NextTokens next);

    /**
     * How much has to be said before a hypothesis may end; 0 if nothing has. A beam keeps places
     * for hypotheses that have come nearer to it (Post and Vilar 2018, "Fast lexically constrained
     * decoding with dynamic beam allocation").
     */
    default int goal() {
      return 0;
    }

    /** How much of the goal a hypothesis has reached, 0 to {@link #goal()}. */
    default int progress(List<Integer> prefix) {
      return 0;
    }
  }
}
