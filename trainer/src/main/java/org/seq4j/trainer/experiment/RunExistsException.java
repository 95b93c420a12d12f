package org.seq4j.trainer.experiment;

import java.nio.file.Path;
import org.seq4j.runtime.error.UserException;

/** The error that a folder already holds a run, which a new one would overwrite. */
public final class RunExistsException extends UserException.OfRun {
  private final transient Path run;

  RunExistsException(Path run) {
    super(
        run
            + " already holds a run. Resume it, remove it, or choose another folder for the new run",
        null);
    this.run = run;
  }

  /** Returns the folder. */
  public Path run() {
    return run;
  }
}
