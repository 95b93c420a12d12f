package org.seq4j.runtime.error;

/** A model is asked for something that it cannot do. The message says what, and what to do. */
public final class RequestException extends UserException.OfRequest {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public RequestException(String message) {
    super(message);
  }
}
