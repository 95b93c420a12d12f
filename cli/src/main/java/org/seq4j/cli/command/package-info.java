/** A class for each verb of the command. */
package org.seq4j.cli.command;
