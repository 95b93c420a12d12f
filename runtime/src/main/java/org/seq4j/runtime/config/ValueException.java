package org.seq4j.runtime.config;

/** Reports an invalid value; the message states the expected one. */
final class ValueException extends Exception {
  ValueException(String message) {
    super(message);
  }
}
