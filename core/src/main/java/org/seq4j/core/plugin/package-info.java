/**
 * What a plugin provides and how it is found: the {@link org.seq4j.core.plugin.Plugin} of a jar
 * registers components under their kinds ({@link org.seq4j.core.plugin.Kind}), the registry knows
 * them by kind and name, and the loader finds plugins on the class path and in a folder.
 *
 * <p>The interfaces that components implement live with what they are for ({@code model}, {@code
 * text}, {@code metric}, {@code training}), and the binding of their configuration in {@code
 * config}.
 */
package org.seq4j.core.plugin;
