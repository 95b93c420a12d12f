package org.seq4j.runtime.search;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.seq4j.core.text.Vocabulary;

/** The steps of a scorer without a model: all tokens are scored, and the best returned. */
public final class ScorerSteps implements StepFunction {
  private final TokenScorer scorer;
  private final int[] tokens; // that can be generated
  private final int hypothesesPerSource;
  private int sources;

  private ScorerSteps(TokenScorer scorer, int[] tokens, int sources, int hypothesesPerSource) {
    this.scorer = scorer;
    this.tokens = tokens;
    this.sources = sources;
    this.hypothesesPerSource = hypothesesPerSource;
  }

  /**
   * Creates a step function; closing it closes the scorer.
   *
   * @param scorer a scorer without steps so far
   * @param vocabulary number of tokens; padding and the begin token are never generated
   */
  public static ScorerSteps of(
      TokenScorer scorer, int vocabulary, int sources, int hypothesesPerSource) {
    int[] tokens =
        IntStream.range(0, vocabulary)
            .filter(id -> id != Vocabulary.PAD && id != Vocabulary.BEGIN)
            .toArray();
    return new ScorerSteps(scorer, tokens, sources, hypothesesPerSource);
  }

  @Override
  public int sources() {
    return sources;
  }

  @Override
  public int hypothesesPerSource() {
    return hypothesesPerSource;
  }

  @Override
  public Candidates step(int[] keep, int[] parents, int[] inputs, int candidates, int[][] wanted) {
    sources = keep.length;
    int rows = inputs.length;
    int[][] asked = new int[rows][];
    for (int row = 0; row < rows; row++) {
      asked[row] = IntStream.concat(IntStream.of(tokens), IntStream.of(wanted[row])).toArray();
    }
    float[][] scores = scorer.score(keep, parents, inputs, asked);
    int[][] best = new int[rows][];
    float[][] ofBest = new float[rows][];
    float[][] ofWanted = new float[rows][];
    for (int row = 0; row < rows; row++) {
      float[] ofRow = scores[row];
      int[] places =
          EnsembleSteps.bestOf(
              Arrays.copyOf(ofRow, tokens.length), Math.min(candidates, tokens.length));
      best[row] = Arrays.stream(places).map(place -> tokens[place]).toArray();
      ofBest[row] = EnsembleSteps.of(ofRow, places);
      ofWanted[row] = Arrays.copyOfRange(ofRow, tokens.length, ofRow.length);
    }
    return new Candidates(best, ofBest, new float[rows][0], ofWanted);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
