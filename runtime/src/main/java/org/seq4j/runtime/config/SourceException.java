package org.seq4j.runtime.config;

/** Reports that a text is not valid YAML or JSON. */
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
