/** What the command prints: tables, plots, progress, summaries. */
package org.seq4j.cli.view;
