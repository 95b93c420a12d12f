/**
 * The {@code seq4j} command.
 *
 * <p>Its verbs are in {@code command}; what it does is in the other modules.
 */
package org.seq4j.cli;
