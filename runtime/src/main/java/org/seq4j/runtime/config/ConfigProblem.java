package org.seq4j.runtime.config;

/**
 * A problem of a configuration.
 *
 * @param place its location
 * @param path path of the key, "data.train[0].file"; empty if no key is concerned
 * @param message the problem, the expected value, the remedy
 */
public record ConfigProblem(SourceLocation place, String path, String message) {

  /** Returns the path and the message as one line; line breaks in quoted values are escaped. */
  @Override
  public String toString() {
    String text = path.isEmpty() ? message : path + ": " + message;
    return text.replace("\r", "\\r").replace("\n", "\\n");
  }
}
