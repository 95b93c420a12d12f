/** From encoded examples to batches: shuffling, bucketing, prefetching. */
package org.seq4j.trainer.data.batch;
