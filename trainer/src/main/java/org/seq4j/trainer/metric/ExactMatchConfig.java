package org.seq4j.trainer.metric;

/** The metric {@code exact-match} has no keys. */
public record ExactMatchConfig() {}
