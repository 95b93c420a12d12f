package org.seq4j.trainer.data;

/**
 * A source and its first target as ids, without begin or end.
 *
 * <p>Compared by identity of the arrays; they are not to be changed.
 */
@SuppressWarnings("ArrayRecordComponent") // millions of these: no wrapper around each number
public record EncodedPair(int[] source, int[] target) {}
