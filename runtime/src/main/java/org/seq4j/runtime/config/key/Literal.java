package org.seq4j.runtime.config.key;

/**
 * A value of a config key that may be text, a number or a boolean, kept as written: the name of a
 * column or its number.
 *
 * @param text the value as written, without quotes
 */
public record Literal(String text) {}
