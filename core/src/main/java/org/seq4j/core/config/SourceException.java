package org.seq4j.core.config;

/** A text is not YAML or JSON. */
final class SourceException extends Exception {
  private final Place place;

  SourceException(Place place, String message) {
    super(message);
    this.place = place;
  }

  Place place() {
    return place;
  }
}
