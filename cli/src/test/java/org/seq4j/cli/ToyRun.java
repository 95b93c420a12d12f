package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A run of {@link ToyConfig} for tests of what is done with one. A process trains it once. */
final class ToyRun {
  private static final Map<String, byte[]> FILES = new LinkedHashMap<>();

  private ToyRun() {}

  /**
   * Writes the run, without its data, into a folder that does not exist yet; returns the folder.
   */
  static synchronized Path write(Path run) throws IOException {
    if (FILES.isEmpty()) {
      train();
    }
    for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
      Path copy = run.resolve(file.getKey());
      Files.createDirectories(copy.getParent());
      Files.write(copy, file.getValue());
    }
    return run;
  }

  private static void train() throws IOException {
    Path folder = Files.createTempDirectory("toy");
    Path run = folder.resolve("run");
    CommandRun trained =
        CommandRun.of(
            "train",
            ToyConfig.write(folder),
            "--run",
            run,
            "--set",
            "training.max_steps=40",
            "--set",
            "training.validation.every_steps=40");
    assertThat(trained.status()).as(trained.err()).isZero();
    for (Path file : inside(run)) {
      if (Files.isRegularFile(file)) {
        FILES.put(run.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    for (Path file : inside(folder)) {
      Files.delete(file);
    }
  }

  /** Returns everything in a folder, what is in a folder before the folder itself. */
  private static List<Path> inside(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
