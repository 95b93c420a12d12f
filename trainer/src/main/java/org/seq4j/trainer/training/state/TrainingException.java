package org.seq4j.trainer.training.state;

/** Training cannot begin or go on. The message says why and what to do. */
public class TrainingException extends RuntimeException {

  /** A reason. */
  public TrainingException(String message) {
    super(message);
  }

  /** A reason that another failure shows. */
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
