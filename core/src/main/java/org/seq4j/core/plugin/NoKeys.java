package org.seq4j.core.plugin;

/** The configuration of a component without keys. */
public record NoKeys() {}
