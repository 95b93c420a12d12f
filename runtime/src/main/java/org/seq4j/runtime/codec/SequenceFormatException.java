package org.seq4j.runtime.codec;

import org.seq4j.runtime.error.UserException;

/** A line is not what a side of a model reads: numbers are missing, or are none. */
public final class SequenceFormatException extends UserException.OfData {
  private static final long serialVersionUID = 1L;

  SequenceFormatException(String message) {
    super(message, null);
  }

  SequenceFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
