/**
 * Scopes of a graph and the loops over time that they can add: the step is traced, its products
 * with the loop's inputs are taken before the loop, and its backward pass is a loop of its own.
 *
 * <p>Nothing here knows of models.
 */
package org.seq4j.runtime.graph.scan;
