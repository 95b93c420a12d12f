package org.seq4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.GlobalOptions;
import org.seq4j.trainer.training.state.TrainingResult;

/** What is said of a training that was stopped. */
final class TrainingSessionTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void beforeTheFirstStepThereIsNothingToGoOnWith() {
    assertThat(tellEnd(folder.resolve("run"), 0)).isFalse();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("stopped before the first step; nothing was written\n");
  }

  @Test
  void laterItTellsHowToGoOn() throws IOException {
    Files.createFile(folder.resolve("config.yaml"));

    assertThat(tellEnd(folder, 3)).isFalse();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("stopped and saved: 3 steps in 1 s\nto resume:\n  again\n");
  }

  private boolean tellEnd(Path run, long steps) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Console console =
        new Console(
            InputStream.nullInputStream(),
            stream,
            stream,
            false,
            false,
            false,
            80,
            "seq4j",
            List::of);
    TrainingResult result =
        new TrainingResult(
            TrainingResult.Outcome.INTERRUPTED,
            run,
            steps,
            0,
            0.1,
            Optional.empty(),
            Duration.ofSeconds(1));
    return new TrainingSession(console, new GlobalOptions()).tellEnd(result, run, "again");
  }
}
