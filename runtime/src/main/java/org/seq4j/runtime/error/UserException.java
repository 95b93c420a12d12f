package org.seq4j.runtime.error;

/**
 * Something that a user can put right. The message is for the user: it says what is wrong, where,
 * and what to do. The subtype says whose fault it is.
 *
 * <p>An {@link IllegalArgumentException} is a mistake of the programmer instead, unless it comes
 * from the constructor of a config record or of a component, whose caller makes one of these of it.
 */
public abstract sealed class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UserException(String message, Throwable cause) {
    super(message, cause);
  }

  private UserException(String message, boolean withStackTrace) {
    super(message, null, withStackTrace, withStackTrace);
  }

  /** Something is wrong with a configuration. */
  public abstract static non-sealed class OfConfig extends UserException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    protected OfConfig(String message) {
      super(message, null);
    }
  }

  /** Something is wrong with data that a model learns from or reads. */
  public abstract static non-sealed class OfData extends UserException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, and what it comes from; null if from nothing else. */
    protected OfData(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Something is wrong with the files of a run. */
  public abstract static non-sealed class OfRun extends UserException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, and what it comes from; null if from nothing else. */
    protected OfRun(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Training cannot start or continue. */
  public abstract static non-sealed class OfTraining extends UserException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, and what it comes from; null if from nothing else. */
    protected OfTraining(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Something is wrong with a plugin. */
  public abstract static non-sealed class OfPlugin extends UserException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    protected OfPlugin(String message) {
      super(message, null);
    }
  }

  /** Something was asked for that cannot be done. */
  public abstract static non-sealed class OfRequest extends UserException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    protected OfRequest(String message) {
      super(message, null);
    }

    /** What is wrong, and what it comes from. */
    protected OfRequest(String message, Throwable cause) {
      super(message, cause);
    }

    /** What is wrong with a request from elsewhere, of which a stack trace tells nothing. */
    protected OfRequest(String message, boolean withStackTrace) {
      super(message, withStackTrace);
    }
  }
}
