package org.seq4j.trainer.training.graph;

/**
 * What changes from step to step.
 *
 * @param learningRate by what the optimizer's learning rate is multiplied
 * @param truth with which probability the model reads the true token before rather than its own,
 *     where scheduled sampling is on
 */
public record StepSettings(double learningRate, double truth) {

  /** The optimizer's learning rate, and true tokens. */
  public static final StepSettings PLAIN = new StepSettings(1, 1);
}
