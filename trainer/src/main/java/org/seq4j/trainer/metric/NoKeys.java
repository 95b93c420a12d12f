package org.seq4j.trainer.metric;

/** The configuration of metrics that have no keys. */
public record NoKeys() {}
