package org.seq4j.trainer.training.graph;

/**
 * The settings that change from step to step.
 *
 * @param learningRate the factor of the configured learning rate
 * @param truth the teacher forcing ratio: with scheduled sampling, the probability that the decoder
 *     reads the true token rather than its own
 * @param additionalLosses the factor of the losses of the model's components
 * @param worker the number of the worker that makes the step, from 0; each has its own dropout
 */
public record StepSettings(double learningRate, double truth, double additionalLosses, int worker) {

  /** The configured learning rate, with teacher forcing and all losses. */
  public static final StepSettings PLAIN = new StepSettings(1, 1, 1);

  /** Creates the settings of the first worker. */
  public StepSettings(double learningRate, double truth, double additionalLosses) {
    this(learningRate, truth, additionalLosses, 0);
  }

  /** The configured learning rate times a factor, with teacher forcing and all losses. */
  public static StepSettings ofRate(double factor) {
    return new StepSettings(factor, 1, 1);
  }

  /** Returns the same settings for another worker. */
  public StepSettings forWorker(int other) {
    return new StepSettings(learningRate, truth, additionalLosses, other);
  }
}
