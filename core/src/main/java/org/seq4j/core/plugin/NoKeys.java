package org.seq4j.core.plugin;

/** The configuration of a component that has nothing to configure. */
public record NoKeys() {}
