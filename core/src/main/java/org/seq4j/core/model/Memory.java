package org.seq4j.core.model;

import org.seq4j.core.graph.NamedTensors;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;

/**
 * What an encoder makes of the sources: all that a decoder and its attention know of them.
 *
 * @param sequence a vector for each position, {@code [B, S / stride, D]}
 * @param finalState the state after each sequence's last real position, {@code [B, D]} each, named
 *     {@code layer.N.NAME}: {@code layer.0.hidden}, {@code layer.0.cell}
 * @param sourceIds the source symbols, {@code [B, S]}; of a source of vectors all are unknown
 * @param stride how many source positions one position of {@code sequence} stands for
 */
public record Memory(
    Sequence sequence, NamedTensors finalState, Operand<TInt32> sourceIds, int stride) {}
