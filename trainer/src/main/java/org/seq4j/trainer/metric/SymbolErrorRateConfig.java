package org.seq4j.trainer.metric;

/** The metric {@code ser} has no keys. */
public record SymbolErrorRateConfig() {}
