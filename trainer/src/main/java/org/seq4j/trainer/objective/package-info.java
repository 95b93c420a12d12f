/**
 * What training minimises: the objectives that come with Seq4j, and the loss that those of an
 * experiment make together. Minimum risk draws candidates from the model before each step, which
 * takes the batch's place; objectives of plugins see the batch as it is.
 */
package org.seq4j.trainer.objective;
