package org.seq4j.trainer.training.state;

/** The error that training cannot start or continue. The message gives the reason and a remedy. */
public class TrainingException extends RuntimeException {

  /** Creates an error with a message. */
  public TrainingException(String message) {
    super(message);
  }

  /** Creates an error with a message and the exception that caused it. */
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
