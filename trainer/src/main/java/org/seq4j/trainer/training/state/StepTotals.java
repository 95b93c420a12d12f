package org.seq4j.trainer.training.state;

/**
 * Sums over the steps since a line of the log.
 *
 * @param steps how many
 * @param tokens target tokens, ends included
 * @param lossSum of the losses of all these tokens
 * @param normSum of the norms of the gradients
 */
public record StepTotals(long steps, long tokens, double lossSum, double normSum) {
  public static final StepTotals EMPTY = new StepTotals(0, 0, 0, 0);

  /**
   * Adds a step.
   *
   * @param loss the mean over the step's target tokens
   * @param gradientNorm of all gradients together
   * @param stepTokens the step's target tokens, ends included
   */
  public StepTotals plus(double loss, double gradientNorm, long stepTokens) {
    return new StepTotals(
        steps + 1, tokens + stepTokens, lossSum + loss * stepTokens, normSum + gradientNorm);
  }

  /** The mean over target tokens. */
  public double loss() {
    return lossSum / tokens;
  }

  /** The mean over steps. */
  public double gradientNorm() {
    return normSum / steps;
  }
}
