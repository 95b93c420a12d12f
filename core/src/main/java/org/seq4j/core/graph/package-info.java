/**
 * What components build with: the place in a graph where they add ops and ask for parameters
 * ({@link org.seq4j.core.graph.Scope}), tensors by name, first values, masks, and the bodies of
 * loops ({@link org.seq4j.core.graph.Loop}).
 *
 * <p>Graphs, sessions and the mechanism of loops are in {@code runtime.graph}.
 */
package org.seq4j.core.graph;
