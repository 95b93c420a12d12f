package org.seq4j.runtime.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.Token;
import org.seq4j.runtime.search.Ending;

/**
 * What a model makes of a source.
 *
 * @param source the text
 * @param sourceTokens as the model read it, cut at its longest source, with their places in it
 * @param candidates at least one, the best first
 * @param cut whether the source has more symbols than the model takes, and the rest was not read
 */
public record Translation(
    String source, List<Token> sourceTokens, List<Candidate> candidates, boolean cut) {

  /**
   * One of the things that the model says.
   *
   * @param text as a reader sees it
   * @param tokens what the text was joined from; their places in it are told only with attention
   * @param score natural logarithm of its probability
   * @param rankScore what it was ranked by: the score after rules and length normalization
   * @param ending why it has no further symbol
   * @param attention for each symbol where the model looked, {@code [symbols][source symbols]};
   *     empty if it has no attention or its weights were not asked for
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

    /** Of symbols. */
    public Candidate(
        String text,
        List<Token> tokens,
        double score,
        double rankScore,
        Ending ending,
        float[][] attention) {
      this(text, tokens, score, rankScore, ending, attention, Optional.empty());
    }

    /** What the text was joined from. */
    public List<String> symbols() {
      return tokens.stream().map(Token::text).toList();
    }

    /** Whether the model ended it. */
    public boolean finished() {
      return ending == Ending.END;
    }

    /** For each symbol the source symbol that most of the attention was on; none without it. */
    public List<Link> alignment() {
      List<Link> links = new ArrayList<>();
      for (int target = 0; target < attention.length; target++) {
        links.add(new Link(best(attention[target]), target));
      }
      return links;
    }

    /** The place of the largest, of equals the first. */
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
   * @param source which of the source's symbols, from 0
   * @param target which of the target's
   */
  public record Link(int source, int target) {

    /** As Pharaoh and fast_align write it, {@code 0-1}. */
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

  /** The source as the model read it. */
  public List<String> sourceSymbols() {
    return sourceTokens.stream().map(Token::text).toList();
  }
}
