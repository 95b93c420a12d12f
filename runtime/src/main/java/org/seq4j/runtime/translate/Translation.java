package org.seq4j.runtime.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.Token;
import org.seq4j.runtime.search.Ending;

/**
 * The targets that a model predicts for a source.
 *
 * @param source the text
 * @param sourceTokens those that the model read, with their places in the text
 * @param candidates at least one, the best first
 * @param cut whether the source has more tokens than the model reads
 */
public record Translation(
    String source, List<Token> sourceTokens, List<Candidate> candidates, boolean cut) {

  /**
   * A predicted target.
   *
   * @param text the detokenized text
   * @param tokens those of the text; they have places in it only with attention
   * @param score natural logarithm of its probability
   * @param rankScore the score that ranked it: after rules and length normalization
   * @param ending why it has no further token
   * @param attention the weights of each token, {@code [tokens][source tokens]}; empty if it has no
   *     attention or its weights were not asked for
   * @param vectors the numbers, if it is of vectors
   */
  public record Candidate(
      String text,
      List<Token> tokens,
      double score,
      double rankScore,
      Ending ending,
      float[][] attention,
      Optional<FeatureSequence> vectors) {

    /** A target of tokens. */
    public Candidate(
        String text,
        List<Token> tokens,
        double score,
        double rankScore,
        Ending ending,
        float[][] attention) {
      this(text, tokens, score, rankScore, ending, attention, Optional.empty());
    }

    /** The tokens without their places. */
    public List<String> tokenTexts() {
      return tokens.stream().map(Token::text).toList();
    }

    /** Returns true if the hypothesis ends with the end token. */
    public boolean finished() {
      return ending == Ending.END;
    }

    /** Links each token to the source token with most attention; empty without attention. */
    public List<Link> alignment() {
      List<Link> links = new ArrayList<>();
      for (int target = 0; target < attention.length; target++) {
        links.add(new Link(best(attention[target]), target));
      }
      return links;
    }

    /** The index of the largest weight, of equals the first. */
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
   * A link of an alignment.
   *
   * @param source the index of a source token, from 0
   * @param target the index of a target token, from 0
   */
  public record Link(int source, int target) {

    /** The form that Pharaoh and fast_align write, {@code 0-1}. */
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

  /** The source tokens without their places. */
  public List<String> sourceTokenTexts() {
    return sourceTokens.stream().map(Token::text).toList();
  }
}
