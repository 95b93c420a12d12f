package org.seq4j.trainer.schedule;

import java.util.Optional;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.plugin.MovedKey;
import org.seq4j.core.training.LearningRateSchedule;

/** The keys of {@code linear} and {@code cosine}. */
@MovedKey(from = "least", to = "min")
public record FallConfig(
    @Key(
            doc =
                "Step at which the decay ends. Absent: the last step of training, by epochs and"
                    + " max_steps; early stopping and stop_after may end training before it.",
            example = "20000",
            min = 1)
        Optional<Integer> steps,
    @Key(
            doc = "Final learning rate, as a share of the configured one.",
            defaultValue = "0",
            min = 0,
            max = 1)
        double min,
    @Key(
            doc = "Number of warmup steps, in which the learning rate rises linearly from 0.",
            defaultValue = "0",
            min = 0)
        int warmup) {

  /** Checks that the decay ends after the warmup. */
  public FallConfig {
    if (steps.isPresent() && steps.get() <= warmup) {
      throw new IllegalArgumentException(
          "steps: expected more than warmup, which is " + warmup + ", got " + steps.get());
    }
  }

  /**
   * Returns the factor of the decay before its shape is applied: 0 at the end of the warmup, 1 at
   * the end of the decay.
   *
   * @throws IllegalArgumentException if neither the config nor the training has a last step
   */
  public double share(LearningRateSchedule.Progress progress) {
    if (steps.isEmpty() && progress.lastStep().isEmpty()) {
      throw new IllegalArgumentException(
          "the number of steps of training is not known in advance, because batches are measured in tokens or data are streamed: set the key steps of the schedule, or training.max_steps");
    }
    long end = steps.map(Integer::longValue).orElseGet(() -> progress.lastStep().getAsLong());
    return Warmup.share(progress, warmup, end);
  }
}
