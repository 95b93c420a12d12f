package org.seq4j.runtime.search;

import java.util.Arrays;
import java.util.List;

/**
 * Scores hypotheses by connectionist temporal classification: the probability that the tokens of
 * the target begin with those of a hypothesis, summed over all alignments (Watanabe et al. 2017,
 * "Hybrid CTC/attention architecture for end-to-end speech recognition", algorithm 2). The score of
 * a token is the logarithm of the factor by which it changes this probability; the end token
 * changes it to the probability of the whole target. So the scores of a finished hypothesis add up
 * to its log-likelihood.
 *
 * <p>The state of a hypothesis are the paper's two arrays over time, which take as long to compute
 * as some scores. They are computed for the hypotheses that the search extends, not for all
 * candidates.
 */
public final class CtcScorer implements TokenScorer {
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  /** A summand that is smaller than the largest one by this factor changes no bit of a float. */
  private static final double NEGLIGIBLE = -50;

  private final int end;
  private List<Posteriors> sources; // active ones
  private Prefix[] rows; // of the previous step

  /**
   * Log-probabilities of all tokens and, last, of the blank.
   *
   * @param values in row-major order: those of encoder output t start at {@code from + t * classes}
   * @param from index of the first value
   * @param length number of encoder outputs
   * @param classes number of tokens, and one
   */
  public record Posteriors(float[] values, int from, int length, int classes) {

    double of(int position, int token) {
      return values[from + position * classes + token];
    }

    double blank(int position) {
      return of(position, classes - 1);
    }
  }

  /**
   * A hypothesis.
   *
   * @param last its last token; -1 if it has none
   * @param inToken for 0 to S encoder outputs, the log-probability that they are aligned to exactly
   *     these tokens and that the last output is a token
   * @param inBlank the same where the last output is a blank
   * @param probability log-probability of all targets that begin with these tokens
   */
  private record Prefix(int last, double[] inToken, double[] inBlank, double probability) {}

  /**
   * Creates a scorer.
   *
   * @param sources posteriors of each source
   * @param end id of the end token
   */
  public CtcScorer(List<Posteriors> sources, int end) {
    this.sources = List.copyOf(sources);
    this.end = end;
  }

  @Override
  public float[][] score(int[] keep, int[] parents, int[] inputs, int[][] tokens) {
    int perSource = keep.length == 0 ? 1 : inputs.length / keep.length;
    sources = Arrays.stream(keep).mapToObj(sources::get).toList();
    Prefix[] next = new Prefix[inputs.length];
    float[][] scores = new float[inputs.length][];
    for (int row = 0; row < next.length; row++) {
      Posteriors source = sources.get(row / perSource);
      next[row] = rows == null ? empty(source) : extended(source, rows[parents[row]], inputs[row]);
      scores[row] = new float[tokens[row].length];
      for (int i = 0; i < scores[row].length; i++) {
        scores[row][i] = (float) score(source, next[row], tokens[row][i]);
      }
    }
    rows = next;
    return scores;
  }

  private double score(Posteriors source, Prefix prefix, int token) {
    double with =
        token == end
            ? sum(prefix.inToken()[source.length()], prefix.inBlank()[source.length()])
            : probability(source, prefix, token);
    // A prefix that is impossible itself, such as that of a row which is ignored, has no next
    // token.
    return with == NEVER ? NEVER : Math.min(0, with - prefix.probability());
  }

  private static Prefix empty(Posteriors source) {
    double[] inToken = new double[source.length() + 1];
    Arrays.fill(inToken, NEVER);
    double[] inBlank = new double[inToken.length];
    for (int t = 0; t < source.length(); t++) {
      inBlank[t + 1] = inBlank[t] + source.blank(t);
    }
    return new Prefix(-1, inToken, inBlank, 0);
  }

  private static Prefix extended(Posteriors source, Prefix prefix, int token) {
    double[] inToken = new double[source.length() + 1];
    double[] inBlank = new double[inToken.length];
    inToken[0] = NEVER;
    inBlank[0] = NEVER;
    for (int t = 0; t < source.length(); t++) {
      inToken[t + 1] = sum(inToken[t], before(prefix, t, token)) + source.of(t, token);
      inBlank[t + 1] = sum(inToken[t], inBlank[t]) + source.blank(t);
    }
    return new Prefix(token, inToken, inBlank, probability(source, prefix, token));
  }

  /**
   * Returns the log-probability of the alignments of the first encoder outputs to a prefix which a
   * token may follow at once: between two equal tokens there is a blank.
   */
  private static double before(Prefix prefix, int outputs, int token) {
    double inBlank = prefix.inBlank()[outputs];
    return token == prefix.last() ? inBlank : sum(prefix.inToken()[outputs], inBlank);
  }

  /** Returns the log-probability of all targets that begin with a prefix and a token. */
  private static double probability(Posteriors source, Prefix prefix, int token) {
    double[] firsts = new double[source.length()]; // the token begins at output t
    double most = NEVER;
    for (int t = 0; t < firsts.length; t++) {
      firsts[t] = before(prefix, t, token) + source.of(t, token);
      most = firsts[t] > most || Double.isNaN(firsts[t]) ? firsts[t] : most;
    }
    if (!Double.isFinite(most)) {
      return most;
    }
    double shares = 0;
    for (double first : firsts) {
      if (first - most > NEGLIGIBLE) {
        shares += Math.exp(first - most);
      }
    }
    return most + Math.log(shares);
  }

  private static double sum(double a, double b) {
    double more = Math.max(a, b);
    double difference = Math.min(a, b) - more;
    // false for NaN, the difference of two infinite values: of two zero probabilities
    return difference > NEGLIGIBLE ? more + Math.log1p(Math.exp(difference)) : more;
  }

  @Override
  public void close() {}
}
