/**
 * A model in use: reading sources, steps over targets, given targets, several models together, and
 * a search as ops of the graph.
 *
 * <p>Searches in Java are in {@code runtime.search}.
 */
package org.seq4j.runtime.inference;
