/**
 * Between examples and what a model reads: a codec for each side, of tokens or of vectors.
 *
 * <p>Tokenizers are components; batches are made in {@code runtime.model.batch}.
 */
package org.seq4j.runtime.codec;
