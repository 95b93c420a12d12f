/**
 * A model in use: {@link org.seq4j.runtime.inference.Predictor} for tokens, for vectors and for
 * ensembles, and a search as ops of the graph.
 *
 * <p>Searches in Java are in {@code runtime.search}.
 */
package org.seq4j.runtime.inference;
