/** The subcommands of {@code seq4j}, one class each. */
package org.seq4j.cli.command;
