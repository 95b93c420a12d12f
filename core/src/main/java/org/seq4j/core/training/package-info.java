/**
 * What plugins can add to training: an {@link org.seq4j.core.training.Objective} is what it
 * minimises, an {@link org.seq4j.core.training.Optimizer} is a rule for moving a parameter by its
 * gradient, a {@link org.seq4j.core.training.LearningRateSchedule} says how far it goes in the
 * course of training.
 *
 * <p>The rules themselves live in the trainer and in plugins; so do clipping, checkpoints and the
 * loop of training.
 */
package org.seq4j.core.training;
