/**
 * Layers that components share: what an attention mechanism needs of the memory ({@link
 * org.seq4j.core.layers.AttentionMemory}, {@link org.seq4j.core.layers.Normalizer}), layer
 * normalisation, positions, and attention in several heads.
 *
 * <p>A layer that only one module needs stays in that module.
 */
package org.seq4j.core.layers;
