package org.seq4j.runtime.codec;

import org.seq4j.runtime.error.UserException;

/** Reports that a line does not fit a side of a model: numbers are missing or invalid. */
public final class SequenceFormatException extends UserException.OfData {
  private static final long serialVersionUID = 1L;

  SequenceFormatException(String message) {
    super(message, null);
  }

  SequenceFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
