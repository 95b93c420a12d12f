package org.seq4j.runtime.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFilesTest {
  @TempDir Path folder;

  @Test
  void aFailureLeavesNeitherAFileNorAFolder() throws IOException {
    Path file = folder.resolve("a/b/c.txt");
    assertThatThrownBy(() -> AtomicFiles.write(file, AtomicFilesTest::writeAndFail))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("the disk is full");
    assertThat(listing()).isEmpty();
  }

  @Test
  void aFailureLeavesTheOldFileAndItsFolder() throws IOException {
    Path file = folder.resolve("a/c.txt");
    AtomicFiles.write(file, "old");
    assertThatThrownBy(() -> AtomicFiles.write(file, AtomicFilesTest::writeAndFail))
        .isInstanceOf(RunException.class);
    assertThat(file).hasContent("old");
    assertThat(listing()).containsExactly(file.getParent(), file);
  }

  private static void writeAndFail(OutputStream out) throws IOException {
    out.write(1);
    throw new IOException("the disk is full");
  }

  @Test
  void aSignalDuringTheWriteLeavesNoFile() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Slow.class.getName(),
                folder.resolve("slow.txt").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.getInputStream().read()).as("the write has begun").isEqualTo('w');
    assertThat(listing()).containsExactly(folder.resolve("slow.txt.partial"));
    process.destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(listing()).isEmpty();
  }

  /** A program that is in the middle of a write until it is ended. */
  static final class Slow {
    private Slow() {}

    public static void main(String[] args) {
      AtomicFiles.write(
          Path.of(args[0]),
          out -> {
            out.write("half".getBytes(StandardCharsets.UTF_8));
            System.out.write('w');
            System.out.flush();
            sleep();
          });
    }

    private static void sleep() {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private List<Path> listing() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(it -> !it.equals(folder)).sorted().toList();
    }
  }
}
