/** Output of the command: tables, plots, progress, summaries. */
package org.seq4j.cli.view;
