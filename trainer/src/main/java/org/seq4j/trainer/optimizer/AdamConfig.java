package org.seq4j.trainer.optimizer;

import org.seq4j.core.config.Key;

/** What {@code adam} can be told. */
public record AdamConfig(
    @Key(doc = "How far a step goes: alpha in the paper.", defaultValue = "0.001", min = 0)
        double learningRate,
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
            doc = "Keeps the step finite where gradients vanish: epsilon hat in the paper.",
            defaultValue = "1e-8",
            min = 0)
        double epsilon,
    @Key(
            doc =
                "Whether rows of an embedding that a batch does not touch stay as they are, their"
                    + " means of gradients too (as PyTorch's SparseAdam): with a large vocabulary a"
                    + " step then costs what the batch holds. Otherwise the means of all rows fade"
                    + " at every step, and move them, as in the paper. An embedding that the output"
                    + " is tied to has gradients in all rows.",
            defaultValue = "false")
        boolean lazy) {

  /** Checks that the means have a window. */
  public AdamConfig {
    if (beta1 >= 1 || beta2 >= 1) {
      throw new IllegalArgumentException(
          "beta1 and beta2 must be below 1, but are " + beta1 + " and " + beta2);
    }
  }
}
