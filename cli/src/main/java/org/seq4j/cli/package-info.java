/**
 * The {@code seq4j} command.
 *
 * <p>Its subcommands are in the package {@code command}; the work is done by the other modules.
 */
package org.seq4j.cli;
