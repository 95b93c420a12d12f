package org.seq4j.core.data;

/**
 * Reports one invalid example of a corpus; the examples after it can be read. Depending on {@code
 * data.on_error}, training stops, or skips the example and counts it.
 */
public final class BadExampleException extends CorpusException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception with the message {@code location: problem}.
   *
   * @param location location of the example, from {@link ExampleReader#location()}
   * @param problem what was expected and what was found
   */
  public BadExampleException(String location, String problem) {
    super(location + ": " + problem);
  }
}
