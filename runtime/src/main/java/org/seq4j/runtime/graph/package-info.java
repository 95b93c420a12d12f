/**
 * A graph with its parameters and its session ({@link org.seq4j.runtime.graph.ModelGraph}).
 *
 * <p>Scopes and loops are in {@code graph.scan}, functions with a custom gradient in {@code
 * graph.function}.
 */
package org.seq4j.runtime.graph;
