/**
 * Building blocks of graphs: scopes, in which components add ops and create parameters ({@link
 * org.seq4j.core.graph.Scope}), named tensors, initializers, masks, and the bodies of loops ({@link
 * org.seq4j.core.graph.Loop}).
 *
 * <p>Graphs, sessions and the implementation of loops are in {@code runtime.graph}.
 */
package org.seq4j.core.graph;
