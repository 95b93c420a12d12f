package org.seq4j.core.text;

/**
 * A symbol of a sequence and where it stands in the text that it came from.
 *
 * @param text the symbol
 * @param start index of its first UTF-16 unit in the raw text
 * @param end index after its last one
 */
public record Token(String text, int start, int end) {}
