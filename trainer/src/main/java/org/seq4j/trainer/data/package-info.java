/**
 * From corpora to batches of token ids or vectors: which files ({@link
 * org.seq4j.trainer.data.DataConfig}), in which formats ({@link
 * org.seq4j.trainer.data.CorpusFormats}), reading and splitting them ({@link
 * org.seq4j.trainer.data.Dataset}), encoding ({@link org.seq4j.trainer.data.PairEncoder}), cutting
 * an epoch into batches ({@link org.seq4j.trainer.data.Batching}) and preparing them in the
 * background ({@link org.seq4j.trainer.data.Prefetcher}).
 *
 * <p>What a format is lives in core, as do tokenizers and vocabularies; tensors are made where the
 * batches are used.
 */
package org.seq4j.trainer.data;
