package org.seq4j.core.model;

import org.seq4j.core.graph.NamedTensors;

/**
 * The encoder's result: all that a decoder and its attention know of the sources.
 *
 * @param sequence a vector for every {@code stride} positions of the source, {@code [B, ceil(S /
 *     stride), D]}, with its own lengths
 * @param finalState the state after each sequence's last real position, {@code [B, D]} each, named
 *     {@code layer.N.NAME}: {@code layer.0.hidden}, {@code layer.0.cell}
 * @param stride source positions per position of {@code sequence}
 */
public record Memory(Sequence sequence, NamedTensors finalState, int stride) {}
