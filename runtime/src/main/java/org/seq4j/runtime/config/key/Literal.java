package org.seq4j.runtime.config.key;

/**
 * A value of a config key that may be text, a number, or true or false, kept as it was written: the
 * name of a column or its number.
 *
 * @param text as written, without quotes
 */
public record Literal(String text) {}
