/** {@code seq4j serve}: models over HTTP and JSON. */
package org.seq4j.cli.server;
