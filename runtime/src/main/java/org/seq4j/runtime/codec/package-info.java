/**
 * Codecs, which convert examples to the sequences that a model reads: one per side, for tokens or
 * vectors.
 *
 * <p>Tokenizers are components; batches are made in {@code runtime.model.batch}.
 */
package org.seq4j.runtime.codec;
