package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stdin of the start script of the distribution, with a Java that only prints its arguments.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
final class ClosedInputTest {
  @TempDir Path folder;

  @BeforeEach
  void makeJava() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("java/bin"));
    Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"17.0.9\"\n");
    Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\necho \"$@\"\ncat\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void aClosedInputIsTold() throws IOException, InterruptedException {
    assertThat(run("sh \"$0\" x <&-")).contains("-Dseq4j.closed=0 ");
  }

  @Test
  void anOpenInputIsPassedOn() throws IOException, InterruptedException {
    assertThat(run("echo text | sh \"$0\" x"))
        .contains("-Dseq4j.closed= ")
        .endsWith("org.seq4j.cli.Main x\ntext\n");
  }

  private String run(String command) throws IOException, InterruptedException {
    Path script = CommandRun.project("cli/src/main/dist/bin/seq4j");
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command, script.toString());
    builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return out;
  }
}
