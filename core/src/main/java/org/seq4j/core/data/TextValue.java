package org.seq4j.core.data;

/**
 * A line of text. A format that reads text files also uses it for vectors, whose numbers it holds:
 * {@code 0.5 -1; 0.25 2e-3}.
 *
 * @param text one line; may be empty
 */
public record TextValue(String text) implements ExampleValue {}
