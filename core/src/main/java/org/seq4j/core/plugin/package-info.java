/**
 * Registration of components: a {@link org.seq4j.core.plugin.Plugin} registers them by kind and
 * name, each with the record of its keys ({@link org.seq4j.core.plugin.Key}).
 *
 * <p>Plugins are loaded in {@code runtime.plugin}, keys are bound in {@code runtime.config}.
 */
package org.seq4j.core.plugin;
