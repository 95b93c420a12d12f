package org.seq4j.attention;

/** The attention {@code none} has no keys. */
public record NoneConfig() {}
