/**
 * The loop of training: steps, stopping criteria, listeners. What a step computes is in {@code
 * graph}.
 */
package org.seq4j.trainer.training;
