package org.seq4j.rnn;

/** The cell {@code min-gru} has no keys. */
public record MinGruConfig() {}
