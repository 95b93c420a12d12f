/**
 * What an optimizer is: a rule for moving a parameter by its gradient ({@link
 * org.seq4j.core.training.Optimizer}), made by an {@link org.seq4j.core.training.OptimizerFactory}.
 *
 * <p>The optimizers themselves live in the trainer and in plugins; so do schedules, clipping,
 * checkpoints and the loop of training.
 */
package org.seq4j.core.training;
