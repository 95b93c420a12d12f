package org.seq4j.trainer.sweep;

import java.util.Optional;

/** Listens to the progress of a sweep. Several threads call it, one at a time. */
public interface SweepListener {

  /** A trial begins, or resumes. */
  default void started(Trial trial) {}

  /**
   * A trial has ended, or was stopped.
   *
   * @param failure what the runner threw; empty if nothing
   */
  default void ended(TrialResult result, Optional<RuntimeException> failure) {}
}
