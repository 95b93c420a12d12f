package org.seq4j.trainer.training;

import java.util.concurrent.atomic.AtomicBoolean;

/** Asks training to stop after the step that it is at, and to save. Any thread may ask. */
public final class StopSignal {
  private final AtomicBoolean requested = new AtomicBoolean();

  /** Asks for the stop. */
  public void request() {
    requested.set(true);
  }

  /** Whether the stop has been asked for. */
  public boolean isRequested() {
    return requested.get();
  }
}
