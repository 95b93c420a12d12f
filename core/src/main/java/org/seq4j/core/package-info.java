/**
 * The service provider interface (SPI): the interfaces that a plugin implements and the types that
 * it uses. Of Seq4j, plugins see only this package and the packages below it.
 *
 * <p>The module {@code runtime} reads configs, assembles models, runs graphs and searches; the
 * components are in other modules and in plugins.
 */
package org.seq4j.core;
