package org.seq4j.trainer.sweep;

import java.util.Optional;

/** A listener of a sweep's progress. Several threads call it, one at a time. */
public interface SweepListener {

  /** A trial starts or resumes. */
  default void started(Trial trial) {}

  /**
   * A trial has ended, or was stopped.
   *
   * @param failure the exception of the runner; empty if it threw none
   */
  default void ended(TrialResult result, Optional<RuntimeException> failure) {}
}
