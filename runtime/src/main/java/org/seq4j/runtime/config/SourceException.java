package org.seq4j.runtime.config;

/** A text is not YAML or JSON. */
final class SourceException extends Exception {
  private final SourceLocation place;

  SourceException(SourceLocation place, String message) {
    super(message);
    this.place = place;
  }

  SourceLocation place() {
    return place;
  }
}
