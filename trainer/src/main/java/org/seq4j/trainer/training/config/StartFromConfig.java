package org.seq4j.trainer.training.config;

import java.nio.file.Path;
import java.util.List;
import org.seq4j.core.plugin.Key;

/** The section {@code training.start_from}: the run whose weights initialize training. */
public record StartFromConfig(
    @Key(doc = "Folder of the run to take weights from.", example = "runs/first") Path run,
    @Key(
            doc = "Checkpoint of that run: best, last, average, or the name of one.",
            defaultValue = "best")
        String checkpoint,
    @Key(
            doc = "Paths of the parameters to take; * matches anything: [\"encoder.*\"].",
            defaultValue = "[\"*\"]")
        List<String> parameters) {

  /** Copies the list. */
  public StartFromConfig {
    parameters = List.copyOf(parameters);
  }
}
