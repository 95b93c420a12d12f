package org.seq4j.runtime.error;

/** Reports a request that a model cannot serve. The message states the problem and the remedy. */
public final class RequestException extends UserException.OfRequest {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message that states the problem and the remedy. */
  public RequestException(String message) {
    super(message);
  }
}
