/** Batches of sequences, in memory and as operands of a graph. */
package org.seq4j.runtime.model.batch;
