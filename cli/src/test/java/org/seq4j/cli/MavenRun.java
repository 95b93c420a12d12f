package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs Maven itself. */
final class MavenRun {
  private MavenRun() {}

  /**
   * Runs it in a folder; it must succeed.
   *
   * @param logs where to keep what it wrote
   */
  static void of(Path logs, Path directory, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("mvn", "-q", "-B"));
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile(logs, "maven", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(500, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s%n%s", command, Files.readString(log)).isZero();
  }
}
