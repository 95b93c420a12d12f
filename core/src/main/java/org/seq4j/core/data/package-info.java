/**
 * Reading of training examples: a {@link org.seq4j.core.data.CorpusFormat} opens the files of a
 * corpus, and an {@link org.seq4j.core.data.ExampleReader} returns one {@link
 * org.seq4j.core.data.Example} after another.
 *
 * <p>The built-in formats are in the trainer, as are shuffling, filtering, tokenization and
 * batching, which are independent of the format.
 */
package org.seq4j.core.data;
