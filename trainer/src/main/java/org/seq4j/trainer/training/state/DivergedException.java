package org.seq4j.trainer.training.state;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The error that the loss or a gradient of a step was NaN or infinite; the weights are unchanged.
 */
public final class DivergedException extends TrainingException {
  private static final long serialVersionUID = 1L;

  private static final String LATER =
      "training has diverged. %sLower the learning rate, set or lower training.clip_norm, or train"
          + " with another seed";

  /** No parameter has been updated yet, so that a lower learning rate does not help. */
  private static final String AT_ONCE =
      "they are so before the first update of a parameter. %sThe cause is a component that divides"
          + " by 0 or takes the logarithm of 0, the initial weights (of training.start_from, or"
          + " pretrained vectors), or numbers in the data";

  private final long step;
  private final double loss;
  private final double norm;

  /**
   * Creates the error of a step that was not applied.
   *
   * @param step the number of the step, from 1
   * @param norm the global norm of the gradients
   */
  public DivergedException(long step, double loss, double norm) {
    this(step, loss, norm, "", null);
  }

  private DivergedException(long step, double loss, double norm, String found, Throwable cause) {
    super(
        String.format(
            Locale.ROOT,
            "step %d: the loss is %s and the norm of the gradients is %s: %s",
            step,
            loss,
            norm,
            step == 1 ? AT_ONCE.formatted(found) : LATER.formatted(found)),
        cause);
    this.step = step;
    this.loss = loss;
    this.norm = norm;
  }

  /** Returns the number of the step, from 1. */
  public long step() {
    return step;
  }

  /** Returns the loss. */
  public double loss() {
    return loss;
  }

  /** Returns the global norm of the gradients. */
  public double norm() {
    return norm;
  }

  /**
   * Returns this error with the location of debugging files.
   *
   * @param checkpoint the last checkpoint before the step
   * @param saved the folder with the batch and the weights
   * @param operation a description of the operation that failed, if found
   */
  public DivergedException saved(
      Optional<Path> checkpoint, Path saved, Optional<String> operation) {
    return new DivergedException(
        step,
        loss,
        norm,
        "%sThe batch, the gradients and the weights before the step are in %s; the last checkpoint (%s) is unchanged. "
            .formatted(
                operation.map(found -> capital(found) + ". ").orElse(""),
                saved,
                checkpoint.map(Path::toString).orElse("none yet")),
        this);
  }

  private static String capital(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
