/**
 * The keys of config records: names, types, bounds and documentation, for users and tools. The type
 * of a key may be a kind of component.
 *
 * <p>Reading values is in {@code runtime.config}.
 */
package org.seq4j.runtime.config.key;
