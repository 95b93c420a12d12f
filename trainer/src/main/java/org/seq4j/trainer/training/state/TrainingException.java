package org.seq4j.trainer.training.state;

import org.seq4j.runtime.error.UserException;

/** Training cannot start or continue. The message says why and what to do. */
public class TrainingException extends UserException.OfTraining {
  private static final long serialVersionUID = 1L;

  /** Creates an error with a message. */
  public TrainingException(String message) {
    this(message, null);
  }

  /** Creates an error with a message and the exception that caused it. */
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
