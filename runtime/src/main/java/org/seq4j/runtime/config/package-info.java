/**
 * Reading configs: trees that remember lines, overrides, binding to records with all problems at
 * once, schemas.
 *
 * <p>Nothing here knows what a key is for; {@code Key} itself is in {@code core.plugin}.
 */
package org.seq4j.runtime.config;
