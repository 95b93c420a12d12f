/**
 * Inference: {@link org.seq4j.runtime.inference.Predictor} for tokens, vectors and ensembles, and a
 * search in the graph.
 *
 * <p>Searches in Java are in {@code runtime.search}.
 */
package org.seq4j.runtime.inference;
