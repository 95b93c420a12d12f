package org.seq4j.core.data;

/** Reports that a corpus cannot be read. The message is for the user and names the file. */
public class CorpusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message that names the file and the problem. */
  public CorpusException(String message) {
    super(message);
  }

  /** Creates an exception with a message that names the file and the problem, and its cause. */
  public CorpusException(String message, Throwable cause) {
    super(message, cause);
  }
}
