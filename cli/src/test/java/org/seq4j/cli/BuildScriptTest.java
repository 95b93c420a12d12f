package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * When the script at the root builds anew, in a copy of the project with a Maven that only says so.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
final class BuildScriptTest {
  private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path root;

  @BeforeEach
  void makeABuiltProject() throws IOException {
    Files.copy(CommandRun.project("seq4j"), root.resolve("seq4j"));
    write("pom.xml");
    write("cli/pom.xml");
    write("cli/src/main/Main.java");
    write(".mvn/maven.config");
    write("LICENSE");
    write("THIRD-PARTY.txt");
    write("examples/reverse/reverse.yaml");
    write("cli/target/seq4j/examples/reverse/reverse.yaml");
    Files.createDirectories(root.resolve("cli/target/seq4j/lib"));
    script("cli/target/seq4j/bin/seq4j", "echo ran");
    script("bin/mvn", "rm -f cli/target/seq4j/examples/reverse/old.yaml");
    try (var files = Files.walk(root)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(BEFORE));
      }
    }
    Files.createFile(root.resolve("cli/target/seq4j.stamp"));
    Files.setLastModifiedTime(
        root.resolve("cli/target/seq4j.stamp"), FileTime.from(BEFORE.plusSeconds(10)));
  }

  @Test
  void nothingHasChanged() throws IOException, InterruptedException {
    assertThat(run()).isEqualTo("ran\n");
  }

  @Test
  void dataOfAnExampleAreNoChange() throws IOException, InterruptedException {
    write("examples/reverse/data/train.tsv");
    write("cli/target/seq4j/examples/reverse/data/train.tsv");

    assertThat(run()).isEqualTo("ran\n");
  }

  @Test
  void aChangedExample() throws IOException, InterruptedException {
    write("examples/reverse/reverse.yaml");

    assertBuildsOnce();
  }

  @Test
  void aRemovedExample() throws IOException, InterruptedException {
    write("cli/target/seq4j/examples/reverse/old.yaml");

    assertBuildsOnce();
  }

  @Test
  void aChangedLicense() throws IOException, InterruptedException {
    write("LICENSE");

    assertBuildsOnce();
  }

  @Test
  void changedNoticesOfLibraries() throws IOException, InterruptedException {
    write("THIRD-PARTY.txt");

    assertBuildsOnce();
  }

  @Test
  void withoutMavenTheWrapperBuilds() throws IOException, InterruptedException {
    Files.delete(root.resolve("bin/mvn"));
    for (String tool : List.of("cat", "find", "head", "mkdir", "mv", "rm", "tail")) {
      script("bin/" + tool, "exec " + tool(tool) + " \"$@\"");
    }
    write("LICENSE");

    assertThat(runWithPath(root.resolve("bin").toString(), 1))
        .endsWith("seq4j: the build needs Maven (mvn), 3.8 or newer\n");

    script("mvnw", "echo downloaded >>log");
    assertThat(runWithPath(root.resolve("bin").toString(), 0)).endsWith("\nran\n");
    assertThat(root.resolve("log")).hasContent("downloaded");
  }

  private static Path tool(String name) {
    return Stream.of("/bin", "/usr/bin")
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private void assertBuildsOnce() throws IOException, InterruptedException {
    assertThat(run()).startsWith("seq4j: building from source").endsWith("\nran\n");
    assertThat(run()).isEqualTo("ran\n");
  }

  private void write(String file) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), "");
  }

  private void script(String file, String command) throws IOException {
    write(file);
    Files.writeString(root.resolve(file), "#!/bin/sh\n" + command + "\n");
    assertThat(root.resolve(file).toFile().setExecutable(true)).isTrue();
  }

  private String run() throws IOException, InterruptedException {
    return runWithPath(root.resolve("bin") + ":" + System.getenv("PATH"), 0);
  }

  private String runWithPath(String path, int status) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", root.resolve("seq4j").toString()).redirectErrorStream(true);
    builder.environment().put("PATH", path);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isEqualTo(status);
    return output;
  }
}
