/**
 * The SPI: what a plugin may implement, and what it is given. Nothing else is served to plugins.
 *
 * <p>How configs are read, graphs run, models assembled and searched is in {@code runtime}; the
 * components themselves are in their modules and in plugins.
 */
package org.seq4j.core;
