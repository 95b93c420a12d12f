/**
 * Where training examples come from: a {@link org.seq4j.core.data.CorpusFormat} opens the files of
 * a corpus, and its {@link org.seq4j.core.data.ExampleReader} gives one {@link
 * org.seq4j.core.data.Example} after another.
 *
 * <p>The formats that come with Seq4j live in the trainer; so do shuffling, filtering, tokenizing
 * and making batches, which no format has to do with.
 */
package org.seq4j.core.data;
