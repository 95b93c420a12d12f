/**
 * From text files to batches of token ids: which files ({@link org.seq4j.trainer.data.DataConfig}),
 * reading and splitting them ({@link org.seq4j.trainer.data.Dataset}), encoding ({@link
 * org.seq4j.trainer.data.PairEncoder}), cutting an epoch into batches ({@link
 * org.seq4j.trainer.data.Batching}) and preparing them in the background ({@link
 * org.seq4j.trainer.data.Prefetcher}).
 *
 * <p>Tokenizers and vocabularies live in core; tensors are made where the batches are used.
 */
package org.seq4j.trainer.data;
