/**
 * How a plugin brings components: its {@link org.seq4j.core.plugin.Plugin} registers them by kind
 * and name, each with the record of its keys ({@link org.seq4j.core.plugin.Key}).
 *
 * <p>Finding plugins and binding keys is in {@code runtime.plugin} and {@code runtime.config}.
 */
package org.seq4j.core.plugin;
