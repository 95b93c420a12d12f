package org.seq4j.trainer.experiment;

import java.nio.file.Path;
import org.seq4j.runtime.error.UserException;

/** A folder already holds a run, and a new one would overwrite it. */
public final class RunExistsException extends UserException.OfRun {
  private final transient Path run;

  RunExistsException(Path run) {
    super(
        run
            + " already holds a run. Go on with it (resume), remove it, or choose another folder for"
            + " the new one",
        null);
    this.run = run;
  }

  /** The folder. */
  public Path run() {
    return run;
  }
}
