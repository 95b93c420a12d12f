/**
 * The built-in objectives, and the combined loss of an experiment's objectives. Minimum risk
 * samples candidates from the model before each step, which replace the batch; objectives of
 * plugins see the original batch.
 */
package org.seq4j.trainer.objective;
