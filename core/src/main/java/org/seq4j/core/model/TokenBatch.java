package org.seq4j.core.model;

import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;

/**
 * A batch of sequences of symbols.
 *
 * @param ids {@code [B, T]}, zero beyond each length
 * @param lengths {@code [B]}
 */
public record TokenBatch(Operand<TInt32> ids, Operand<TInt32> lengths) {}
