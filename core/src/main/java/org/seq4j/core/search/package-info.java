/**
 * The interface of search constraints ({@link org.seq4j.core.search.SearchConstraint}).
 *
 * <p>The search algorithms are in {@code runtime.search}.
 */
package org.seq4j.core.search;
