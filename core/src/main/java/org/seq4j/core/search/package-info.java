/**
 * Rules of a search, which are components ({@link org.seq4j.core.search.SearchConstraint}).
 *
 * <p>The searches are in {@code runtime.search}.
 */
package org.seq4j.core.search;
