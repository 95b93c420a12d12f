package org.seq4j.core.data;

/**
 * A text. On a side of vectors, where a file is text, it holds their numbers: {@code 0.5 -1; 0.25
 * 2e-3}.
 *
 * @param text one line, which may be empty
 */
public record TextValue(String text) implements ExampleValue {}
