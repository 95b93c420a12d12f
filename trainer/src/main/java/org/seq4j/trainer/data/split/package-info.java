/** Splits of the data into train, dev and test, and filters that skip training examples. */
package org.seq4j.trainer.data.split;
