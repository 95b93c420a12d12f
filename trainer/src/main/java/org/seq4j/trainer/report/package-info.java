/** The report of a run, and its provenance. */
package org.seq4j.trainer.report;
