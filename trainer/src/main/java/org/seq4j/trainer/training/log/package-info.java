/** Logs of a run: JSON lines, event files, throughput. */
package org.seq4j.trainer.training.log;
