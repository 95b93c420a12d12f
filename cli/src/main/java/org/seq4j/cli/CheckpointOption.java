package org.seq4j.cli;

import java.nio.file.Path;
import org.seq4j.core.run.RunDirectory;
import picocli.CommandLine.Option;

/** Which checkpoint of a run a command uses. */
final class CheckpointOption {
  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description =
          "Which checkpoint to use: best (the default), last, average (see seq4j average), or the"
              + " name of one, as last-1200.")
  private String name = "best";

  /** Its file. */
  Path of(RunDirectory run) {
    return run.checkpoint(name);
  }
}
