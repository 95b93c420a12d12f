package org.seq4j.core.data;

/** A corpus cannot be used. The message is for the user and names the file. */
public class CorpusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, and with which file. */
  public CorpusException(String message) {
    super(message);
  }

  /** What is wrong, as another failure shows. */
  public CorpusException(String message, Throwable cause) {
    super(message, cause);
  }
}
