/**
 * Assembly of a model from components: encoder, decoder, embeddings, output layer and loss.
 *
 * <p>The interfaces of components are in {@code core.model}, batches in {@code model.batch}.
 */
package org.seq4j.runtime.model;
