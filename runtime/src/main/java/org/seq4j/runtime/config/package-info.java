/**
 * Reads configs: trees with source locations, overrides, binding to records with all problems
 * reported at once, schemas.
 *
 * <p>This package does not know the meaning of keys; {@code Key} itself is in {@code core.plugin}.
 */
package org.seq4j.runtime.config;
