/**
 * The interfaces of objectives ({@link org.seq4j.core.training.Objective}), optimizers ({@link
 * org.seq4j.core.training.Optimizer}) and learning rate schedules ({@link
 * org.seq4j.core.training.LearningRateSchedule}).
 *
 * <p>Optimizers and schedules are in the trainer and in plugins; gradient clipping, checkpoints and
 * the training loop are in the trainer.
 */
package org.seq4j.core.training;
