package org.seq4j.trainer.training;

import java.util.concurrent.atomic.AtomicBoolean;

/** A request to stop training after the current step and save a checkpoint. Thread-safe. */
public final class StopSignal {
  private final AtomicBoolean requested = new AtomicBoolean();

  /** Requests the stop. */
  public void request() {
    requested.set(true);
  }

  /** Returns true if the stop has been requested. */
  public boolean isRequested() {
    return requested.get();
  }
}
