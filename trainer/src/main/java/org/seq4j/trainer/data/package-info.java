/**
 * The data of an experiment: reading, splitting and encoding them, and looking into them. How files
 * are read is in {@code corpus}, how batches are made in {@code batch}.
 */
package org.seq4j.trainer.data;
