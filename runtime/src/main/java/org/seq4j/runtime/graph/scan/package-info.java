/**
 * Scopes of a graph and the loops over time that they add: the step is traced, its products with
 * the loop's inputs are computed before the loop, and its backward pass is a separate loop.
 *
 * <p>This package does not depend on models.
 */
package org.seq4j.runtime.graph.scan;
