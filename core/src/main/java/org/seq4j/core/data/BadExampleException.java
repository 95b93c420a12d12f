package org.seq4j.core.data;

/**
 * One example of a corpus is not what it should be; those after it can be read. Training stops, or
 * skips and counts it, as {@code data.on_error} says.
 */
public final class BadExampleException extends CorpusException {
  private static final long serialVersionUID = 1L;

  /**
   * What is wrong.
   *
   * @param place of the example, as {@link ExampleReader#place()} says it
   * @param complaint what was expected and what there is
   */
  public BadExampleException(String place, String complaint) {
    super(place + ": " + complaint);
  }
}
