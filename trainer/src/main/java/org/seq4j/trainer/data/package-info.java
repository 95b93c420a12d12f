/**
 * The data of an experiment: reading, splitting, encoding and inspection. Package {@code corpus}
 * reads files, package {@code batch} builds batches.
 */
package org.seq4j.trainer.data;
