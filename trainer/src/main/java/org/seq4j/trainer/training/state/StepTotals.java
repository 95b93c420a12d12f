package org.seq4j.trainer.training.state;

/**
 * Sums over the steps since the last line of the log.
 *
 * @param steps the number of steps
 * @param tokens the number of target tokens, end tokens included
 * @param lossSum the sum of the losses of these tokens
 * @param normSum the sum of the steps' gradient norms
 */
public record StepTotals(long steps, long tokens, double lossSum, double normSum) {
  public static final StepTotals EMPTY = new StepTotals(0, 0, 0, 0);

  /**
   * Adds a step.
   *
   * @param loss the mean over the step's target tokens
   * @param gradientNorm the global norm of the gradients
   * @param stepTokens the number of the step's target tokens, end tokens included
   */
  public StepTotals plus(double loss, double gradientNorm, long stepTokens) {
    return new StepTotals(
        steps + 1, tokens + stepTokens, lossSum + loss * stepTokens, normSum + gradientNorm);
  }

  /** Adds the sums over other steps. */
  public StepTotals plus(StepTotals others) {
    return new StepTotals(
        steps + others.steps,
        tokens + others.tokens,
        lossSum + others.lossSum,
        normSum + others.normSum);
  }

  /** Returns the mean loss over target tokens. */
  public double loss() {
    return lossSum / tokens;
  }

  /** Returns the mean gradient norm over steps. */
  public double gradientNorm() {
    return normSum / steps;
  }
}
