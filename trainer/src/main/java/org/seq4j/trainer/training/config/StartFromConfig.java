package org.seq4j.trainer.training.config;

import java.nio.file.Path;
import java.util.List;
import org.seq4j.core.plugin.Key;

/** Whose weights training begins with. */
public record StartFromConfig(
    @Key(doc = "The folder of the run that has them.", example = "runs/first") Path run,
    @Key(
            doc = "Which of its checkpoints: best, last, average, or the name of one.",
            defaultValue = "best")
        String checkpoint,
    @Key(
            doc =
                "Which parameters are taken, by their paths; * stands for anything: [\"encoder.*\"].",
            defaultValue = "[\"*\"]")
        List<String> parameters) {

  /** Makes the list unchangeable. */
  public StartFromConfig {
    parameters = List.copyOf(parameters);
  }
}
