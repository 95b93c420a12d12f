/** Batches of encoded examples: shuffling, bucketing and prefetching. */
package org.seq4j.trainer.data.batch;
