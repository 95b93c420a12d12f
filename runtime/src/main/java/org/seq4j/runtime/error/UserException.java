package org.seq4j.runtime.error;

/**
 * Reports a problem that a user can fix. The message is for the user: it states the problem, its
 * location and the remedy. The subtype states what is at fault.
 *
 * <p>An {@link IllegalArgumentException} reports a programming error instead. The constructors of
 * config records and components are an exception: their callers convert it to a user exception.
 */
public abstract sealed class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UserException(String message, Throwable cause) {
    super(message, cause);
  }

  private UserException(String message, boolean withStackTrace) {
    super(message, null, withStackTrace, withStackTrace);
  }

  /** Reports a problem with a configuration. */
  public abstract static non-sealed class OfConfig extends UserException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message for the user. */
    protected OfConfig(String message) {
      super(message, null);
    }
  }

  /** Reports a problem with training data or input data. */
  public abstract static non-sealed class OfData extends UserException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message for the user and a cause, which may be null. */
    protected OfData(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Reports a problem with the files of a run. */
  public abstract static non-sealed class OfRun extends UserException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message for the user and a cause, which may be null. */
    protected OfRun(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Reports that training cannot start or continue. */
  public abstract static non-sealed class OfTraining extends UserException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message and its cause, which may be null. */
    protected OfTraining(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Reports a problem with a plugin. */
  public abstract static non-sealed class OfPlugin extends UserException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message for the user. */
    protected OfPlugin(String message) {
      super(message, null);
    }
  }

  /** Reports that the machine or the Java process lacks something. */
  public abstract static non-sealed class OfPlatform extends UserException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message for the user and a cause, which may be null. */
    protected OfPlatform(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Reports a request that cannot be served. */
  public abstract static non-sealed class OfRequest extends UserException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message for the user. */
    protected OfRequest(String message) {
      super(message, null);
    }

    /** Creates an exception with a message and its cause. */
    protected OfRequest(String message, Throwable cause) {
      super(message, cause);
    }

    /** Creates an exception that may lack a stack trace, which is useless for a remote request. */
    protected OfRequest(String message, boolean withStackTrace) {
      super(message, withStackTrace);
    }
  }
}
