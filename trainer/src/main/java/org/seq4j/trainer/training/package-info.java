/**
 * The training loop: steps, stopping criteria and listeners. Package {@code graph} has the
 * computations of a step.
 */
package org.seq4j.trainer.training;
