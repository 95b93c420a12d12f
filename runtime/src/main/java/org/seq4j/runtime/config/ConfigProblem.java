package org.seq4j.runtime.config;

/**
 * Something that is wrong with a configuration.
 *
 * @param place where it was written
 * @param path of the key, "data.train[0].file"; empty if it is none
 * @param message what is wrong, what was expected, what to do
 */
public record ConfigProblem(SourceLocation place, String path, String message) {

  /** The path and the message. */
  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
