package org.seq4j.runtime.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.Token;
import org.seq4j.runtime.search.Ending;

/**
 * The targets that a model predicts for a source. Tokens have the order of the text, also if the
 * model reads or writes in reverse order.
 *
 * @param source text of the source
 * @param sourceTokens source tokens that the model read, with their offsets in the text
 * @param candidates at least one, best first
 * @param cut whether the source was truncated
 */
public record Translation(
    String source, List<Token> sourceTokens, List<Candidate> candidates, boolean cut) {

  /**
   * A predicted target.
   *
   * @param text the detokenized text
   * @param tokens tokens of the text; they have offsets only with attention
   * @param score natural logarithm of the probability
   * @param rankScore score for ranking, after rules and length normalization
   * @param ending reason why there is no further token
   * @param attention attention weights of each token, {@code [tokens][source tokens]}; empty if the
   *     model has no attention or weights were not requested
   * @param vectors the numbers, if the target consists of vectors
   * @param scores the scores that the score is the mean of, if another model has joined
   */
  public record Candidate(
      String text,
      List<Token> tokens,
      double score,
      double rankScore,
      Ending ending,
      float[][] attention,
      Optional<FeatureSequence> vectors,
      Optional<Scores> scores) {

    /** Creates a candidate of tokens. */
    public Candidate(
        String text,
        List<Token> tokens,
        double score,
        double rankScore,
        Ending ending,
        float[][] attention) {
      this(text, tokens, score, rankScore, ending, attention, Optional.empty(), Optional.empty());
    }

    /** The tokens, without offsets. */
    public List<String> tokenTexts() {
      return tokens.stream().map(Token::text).toList();
    }

    /** Returns true if the hypothesis ends with the end token. */
    public boolean finished() {
      return ending == Ending.END;
    }

    /**
     * Links each token to the source token with the largest attention weight; empty without
     * attention.
     */
    public List<Link> alignment() {
      List<Link> links = new ArrayList<>();
      for (int target = 0; target < attention.length; target++) {
        links.add(new Link(best(attention[target]), target));
      }
      return links;
    }

    /** Returns the index of the largest weight; of equal ones, the first. */
    static int best(float[] weights) {
      int best = 0;
      for (int i = 1; i < weights.length; i++) {
        if (weights[i] > weights[best]) {
          best = i;
        }
      }
      return best;
    }
  }

  /**
   * The scores of a candidate by two models, see {@link Translator#joinedBy}.
   *
   * @param model natural logarithm of the probability by the run's model, or by the ensemble
   * @param joined score by the model that has joined
   */
  public record Scores(double model, double joined) {}

  /**
   * A link of an alignment.
   *
   * @param source index of a source token, from 0
   * @param target index of a target token, from 0
   */
  public record Link(int source, int target) {

    /** Returns the Pharaoh format, as fast_align writes it: {@code 0-1}. */
    @Override
    public String toString() {
      return source + "-" + target;
    }
  }

  /** The best candidate. */
  public Candidate best() {
    return candidates.get(0);
  }

  /** The best candidate's text. */
  public String text() {
    return best().text();
  }

  /** The source tokens, without offsets. */
  public List<String> sourceTokenTexts() {
    return sourceTokens.stream().map(Token::text).toList();
  }
}
