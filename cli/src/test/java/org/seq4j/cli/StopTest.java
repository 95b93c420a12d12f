package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.run.RunDirectory;

/** Training in a process of its own that is asked to end, as Ctrl-C and kill ask. */
@DisabledOnOs(OS.WINDOWS)
final class StopTest {
  @TempDir Path folder;

  @Test
  @Timeout(120)
  void savesAndTellsHowToGoOnAfterOneSignalOrCopiesOfIt() throws IOException, InterruptedException {
    Path config = ToyConfig.write(folder);
    Path run = folder.resolve("run");
    Process training = train(config, run);
    try (BufferedReader progress = training.errorReader(StandardCharsets.UTF_8)) {
      for (String line = progress.readLine(); line != null; line = progress.readLine()) {
        if (line.startsWith("step 1 of ")) {
          // SIGTERM, and again as a supervisor passes it on; the process's own method would close
          // the streams.
          training.toHandle().destroy();
          training.toHandle().destroy();
          training.toHandle().destroy();
        }
      }
    }

    assertThat(training.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(training.exitValue()).isEqualTo(4);
    assertThat(new String(training.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("stopped and saved: ")
        .endsWith("to resume:\n  seq4j train --resume --run " + run + "\n");
    assertThat(new RunDirectory(run).lastCheckpoints().get(0)).isNotEmptyFile();
  }

  private static Process train(Path config, Path run) throws IOException {
    List<String> command = JavaCommand.of(Main.class.getName());
    command.addAll(List.of("train", config.toString(), "--run", run.toString()));
    for (String setting :
        List.of("max_steps=1000000", "epochs=1000000", "validation.every_steps=1000000")) {
      command.addAll(List.of("--set", "training." + setting));
    }
    return new ProcessBuilder(command).start();
  }
}
