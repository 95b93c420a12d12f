package org.seq4j.trainer.optimizer;

import org.seq4j.core.config.Key;

/** What {@code adamw} can be told. */
public record AdamWConfig(
    @Key(doc = "How far a step goes: alpha in the paper.", defaultValue = "0.001", min = 0)
        double learningRate,
    @Key(
            doc =
                "How much of each weight goes in a step, as a multiple of the learning rate: lambda"
                    + " in the paper. Only of weights with two axes or more: biases and the scales"
                    + " of layer norms stay.",
            defaultValue = "0.01",
            min = 0)
        double weightDecay,
    @Key(
            doc = "How much of the mean gradient is kept from step to step.",
            defaultValue = "0.9",
            min = 0,
            max = 1)
        double beta1,
    @Key(
            doc = "How much of the mean squared gradient is kept from step to step.",
            defaultValue = "0.999",
            min = 0,
            max = 1)
        double beta2,
    @Key(
            doc = "Keeps the step finite where gradients vanish: epsilon hat in Adam's paper.",
            defaultValue = "1e-8",
            min = 0)
        double epsilon) {

  /** Checks that the means have a window. */
  public AdamWConfig {
    new AdamConfig(learningRate, beta1, beta2, epsilon, false); // which checks them
  }
}
