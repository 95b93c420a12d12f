/**
 * The {@code seq4j} command: reading arguments, showing progress and results, exit statuses. What
 * it does is done by {@code org.seq4j.core.run} and {@code org.seq4j.trainer}; nothing here knows
 * about tensors or models. Results go to stdout, everything else to stderr.
 */
package org.seq4j.cli;
