package org.seq4j.trainer.training.state;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Says that the loss or the gradient of a step was not a number; the weights were left alone. */
public final class DivergedException extends TrainingException {
  private static final long serialVersionUID = 1L;

  private final long step;
  private final double loss;
  private final double norm;

  /**
   * For a step whose update was not made.
   *
   * @param step from 1
   * @param norm of all gradients together
   */
  public DivergedException(long step, double loss, double norm) {
    this(step, loss, norm, "", null);
  }

  private DivergedException(long step, double loss, double norm, String found, Throwable cause) {
    super(
        "step %d: the loss is %s and the norm of the gradients is %s: training has diverged. %sLower the learning rate or training.clip_norm, or train with another seed"
            .formatted(step, loss, norm, found),
        cause);
    this.step = step;
    this.loss = loss;
    this.norm = norm;
  }

  /** The number of the step, from 1. */
  public long step() {
    return step;
  }

  /** What the loss was. */
  public double loss() {
    return loss;
  }

  /** What the norm of all gradients together was. */
  public double norm() {
    return norm;
  }

  /**
   * The same with more to tell.
   *
   * @param checkpoint the last one that was saved before
   * @param saved where the batch and the weights are
   * @param operation where numbers went wrong, in words, if that was found
   */
  public DivergedException saved(
      Optional<Path> checkpoint, Path saved, Optional<String> operation) {
    return new DivergedException(
        step,
        loss,
        norm,
        "%sIts batch, its gradients and the weights before it are in %s; the last checkpoint, %s, is untouched. "
            .formatted(
                operation.map(found -> capital(found) + ". ").orElse(""),
                saved,
                checkpoint.map(Path::toString).orElse("of which there is none yet")),
        this);
  }

  private static String capital(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
