package org.seq4j.runtime.error;

/**
 * Reports that this machine or Java process lacks something that Seq4j needs, such as TensorFlow's
 * native library.
 */
public final class PlatformException extends UserException.OfPlatform {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message for the user. */
  public PlatformException(String message) {
    super(message, null);
  }

  /** Creates an exception with a message for the user and a cause. */
  public PlatformException(String message, Throwable cause) {
    super(message, cause);
  }
}
