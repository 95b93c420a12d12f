package org.seq4j.trainer.training.graph;

/**
 * The settings that change from step to step.
 *
 * @param learningRate the factor of the configured learning rate
 * @param truth the teacher forcing ratio: with scheduled sampling, the probability that the decoder
 *     reads the true token rather than its own
 */
public record StepSettings(double learningRate, double truth) {

  /** The configured learning rate, with teacher forcing. */
  public static final StepSettings PLAIN = new StepSettings(1, 1);
}
