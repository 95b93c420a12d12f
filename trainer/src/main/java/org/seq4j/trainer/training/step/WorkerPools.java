package org.seq4j.trainer.training.step;

/**
 * Starts the workers of trainings in rounds. By default they are in this process; a Guice module
 * may bind another implementation.
 */
@FunctionalInterface
public interface WorkerPools {

  /** Starts the workers of a training. The caller closes them. */
  WorkerPool start(Steppers training);
}
