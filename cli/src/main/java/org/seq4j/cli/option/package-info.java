/** Options that several subcommands share. */
package org.seq4j.cli.option;
