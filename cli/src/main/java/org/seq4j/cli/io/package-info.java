/** Streams, terminals, signals and the words for errors. */
package org.seq4j.cli.io;
