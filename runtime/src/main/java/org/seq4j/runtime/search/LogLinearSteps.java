package org.seq4j.runtime.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Adds up weighted scores of a model and of other scorers, such as CTC or a language model. The
 * model proposes its best tokens, and the others score these and the end token only: a log-linear
 * model whose probabilities are not normalized, as in shallow fusion (Gulcehre et al. 2015).
 */
public final class LogLinearSteps implements StepFunction {
  private final StepFunction model;
  private final double weight;
  private final List<Term> terms;
  private final int proposals;
  private final int end;

  /**
   * A scorer and its weight.
   *
   * @param weight above 0
   */
  public record Term(TokenScorer scorer, double weight) {}

  /**
   * Creates a step function; closing it closes the model and the scorers.
   *
   * @param model a step function without steps so far
   * @param weight weight of the model, above 0
   * @param terms scorers without steps so far
   * @param proposals number of tokens of each row that the model proposes; more if the search needs
   *     more
   * @param end id of the end token
   */
  public LogLinearSteps(
      StepFunction model, double weight, List<Term> terms, int proposals, int end) {
    this.model = model;
    this.weight = weight;
    this.terms = List.copyOf(terms);
    this.proposals = proposals;
    this.end = end;
  }

  @Override
  public int sources() {
    return model.sources();
  }

  @Override
  public int hypothesesPerSource() {
    return model.hypothesesPerSource();
  }

  @Override
  public Candidates step(int[] keep, int[] parents, int[] inputs, int candidates, int[][] wanted) {
    int rows = inputs.length;
    int[][] others = new int[rows][]; // the end token, then those that the search wants
    for (int row = 0; row < rows; row++) {
      others[row] = joined(new int[] {end}, wanted[row]);
    }
    Candidates given = model.step(keep, parents, inputs, Math.max(candidates, proposals), others);
    int[][] tokens = new int[rows][];
    double[][] scores = new double[rows][];
    for (int row = 0; row < rows; row++) {
      tokens[row] = joined(given.tokens()[row], others[row]);
      scores[row] = weighted(joined(given.logProbabilities()[row], given.wanted()[row]));
    }
    for (Term term : terms) {
      float[][] added = term.scorer().score(keep, parents, inputs, tokens);
      for (int row = 0; row < rows; row++) {
        add(scores[row], added[row], term.weight());
      }
    }
    int[][] best = new int[rows][];
    float[][] ofBest = new float[rows][];
    float[][] ofWanted = new float[rows][];
    for (int row = 0; row < rows; row++) {
      int[] places = best(tokens[row], scores[row], given.tokens()[row].length, candidates);
      best[row] = new int[places.length];
      for (int i = 0; i < places.length; i++) {
        best[row][i] = tokens[row][places[i]];
      }
      ofBest[row] = floats(scores[row], places);
      int first = tokens[row].length - wanted[row].length;
      ofWanted[row] = floats(scores[row], IntStream.range(first, tokens[row].length).toArray());
    }
    return new Candidates(best, ofBest, given.attention(), ofWanted);
  }

  private double[] weighted(float[] logs) {
    double[] scores = new double[logs.length];
    add(scores, logs, weight);
    return scores;
  }

  private static void add(double[] scores, float[] logs, double weight) {
    for (int i = 0; i < scores.length; i++) {
      scores[i] += weight * logs[i];
    }
  }

  /**
   * Returns the places of the best tokens, best first; of equal ones, the lower token first. NaN is
   * largest.
   *
   * @param proposed number of tokens that the model has proposed, which are followed by the end
   *     token
   */
  private int[] best(int[] tokens, double[] scores, int proposed, int count) {
    List<Integer> places = new ArrayList<>();
    boolean ends = false;
    for (int i = 0; i < proposed; i++) {
      places.add(i);
      ends |= tokens[i] == end;
    }
    if (!ends) {
      places.add(proposed);
    }
    places.sort(
        Comparator.comparingDouble((Integer i) -> scores[i])
            .reversed()
            .thenComparingInt(i -> tokens[i]));
    return places.stream().limit(count).mapToInt(i -> i).toArray();
  }

  private static float[] floats(double[] scores, int[] places) {
    float[] some = new float[places.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = (float) scores[places[i]];
    }
    return some;
  }

  private static int[] joined(int[] some, int[] others) {
    return IntStream.concat(IntStream.of(some), IntStream.of(others)).toArray();
  }

  private static float[] joined(float[] some, float[] others) {
    float[] all = new float[some.length + others.length];
    System.arraycopy(some, 0, all, 0, some.length);
    System.arraycopy(others, 0, all, some.length, others.length);
    return all;
  }

  @Override
  public void close() {
    model.close();
    terms.forEach(term -> term.scorer().close());
  }
}
