package org.seq4j.runtime.config;

/** A value is not what was expected; the message says so. */
final class ValueException extends Exception {
  ValueException(String message) {
    super(message);
  }
}
