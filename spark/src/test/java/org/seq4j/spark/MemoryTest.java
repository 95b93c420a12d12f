package org.seq4j.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The memory of an executor does not grow while it works. Its heap has one size from the start. */
@Tag("slow")
@EnabledOnOs(OS.LINUX) // which tells the memory of a process in a file
final class MemoryTest {
  private static final String[] HEAP = {"-Xms1g", "-XX:+AlwaysPreTouch"};
  private static final double GROWTH = 1.02; // at most, from the first half to the end

  @TempDir static Path folder;
  private static Path run;

  private final List<Long> sizes = new ArrayList<>(); // in kB, of the only executor

  @BeforeAll
  static void train() throws IOException {
    run = ToyRun.train(folder);
  }

  @Test
  void fifteenThousandBatchesTakeNoMoreMemoryThanTheirFirstHalf() throws Exception {
    List<String> sources = ToyRun.sources(64, 20);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 15_000; i++) {
      lines.addAll(sources);
    }
    Path input = Files.write(folder.resolve("lines.txt"), lines, UTF_8);
    Path out = folder.resolve("answers");
    check(
        executor()
            .run(
                "translate",
                run.toString(),
                "--input",
                input.toString(),
                "--output",
                out.toString(),
                "--batch",
                "64"));
    assertThat(SparkProcess.lines(out)).hasSameSizeAs(lines);
  }

  @Test
  void fiveHundredRoundsTakeNoMoreMemoryThanTheirFirstHalf() throws Exception {
    check(
        executor()
            .run(
                "train",
                folder.resolve("toy.yaml").toString(),
                "--run",
                folder.resolve("rounds").toString(),
                "--set",
                "training.workers=2",
                "--set",
                "training.local_steps=1",
                "--set",
                "training.max_steps=500",
                "--set",
                "training.epochs=100",
                "--set",
                "training.validation={every_steps: 500}"));
  }

  private SparkProcess executor() {
    return new SparkProcess(SparkProcess.Version.SPARK_4, folder)
        .master("local-cluster[1,2,1024]")
        .watchingExecutors(it -> size(it).forEach(sizes::add), HEAP);
  }

  /** Returns the resident memory of a process, nothing if it has ended. */
  private static List<Long> size(ProcessHandle process) {
    try {
      return Files.readAllLines(Path.of("/proc", process.pid() + "", "status"), UTF_8).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private void check(SparkProcess.Result result) {
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    int end = sizes.size();
    assertThat(end).isGreaterThan(100);
    long half = sizes.subList(0, end / 2).stream().mapToLong(Long::longValue).max().orElse(0);
    long most = sizes.stream().mapToLong(Long::longValue).max().orElse(0);
    System.out.println("executor: " + half / 1000 + " MB, at most " + most / 1000 + " MB");
    assertThat((double) most).isLessThan(GROWTH * half);
  }
}
