/**
 * What a plugin provides and how it is found: factories of components, the registry that knows them
 * by kind and name, and the loader that finds them on the class path and in a folder of plugins.
 *
 * <p>The interfaces that components implement live with what they are for ({@code model}, {@code
 * text}, {@code metric}, {@code training}), and the binding of their configuration in {@code
 * config}.
 */
package org.seq4j.core.plugin;
