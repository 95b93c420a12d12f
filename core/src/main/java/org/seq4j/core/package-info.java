/**
 * The SPI: the interfaces that a plugin implements and the types that it uses. Plugins see no other
 * package of Seq4j.
 *
 * <p>Reading of configs, execution of graphs, assembly of models and search are in {@code runtime};
 * the components are in their modules and in plugins.
 */
package org.seq4j.core;
