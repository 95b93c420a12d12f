/** Streams, terminal, signals and error messages of the command. */
package org.seq4j.cli.io;
