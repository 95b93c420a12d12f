/**
 * Layers shared by components of several modules: memory and weights of attention ({@link
 * org.seq4j.core.layers.AttentionMemory}, {@link org.seq4j.core.layers.Normalizer}), multi-head
 * attention, layer normalization, feed-forward layers, and positions.
 *
 * <p>A layer that is used in one module only stays in that module.
 */
package org.seq4j.core.layers;
