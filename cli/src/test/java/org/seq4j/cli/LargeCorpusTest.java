package org.seq4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A corpus larger than the memory: 5 GB, or as many bytes as {@code -Dseq4j.corpus.bytes} says.
 * What it measures is printed.
 */
@Tag("slow")
@Timeout(1800)
class LargeCorpusTest {
  private static final long BYTES = Long.getLong("seq4j.corpus.bytes", 5_000_000_000L);
  private static final Duration FIRST_STEP = Duration.ofSeconds(15);

  private static final String CONFIG =
      """
      name: large
      data:
        train: {file: corpus.tsv, source: 0, target: 1}
        held_out: {fraction: 0.00001}
        shuffle_buffer: 100000
      source: {vocabulary: {%s}}
      target: {vocabulary: {%s}}
      model:
        embedding: {source: 64, target: 64}
        encoder: {type: rnn, cell: gru, units: 64}
        decoder: {type: rnn, cell: gru, units: 64, attention: luong}
      training: {max_steps: 30, validation: {every_steps: 1000}}
      evaluation: {metrics: [wer]}
      """;

  @TempDir private Path folder;

  @Test
  void isTrainedOnInAGigabyte() throws Exception {
    writeCorpus();
    Files.writeString(folder.resolve("given.txt"), vocabulary());
    List<String> lines = train("given", "file: given.txt", "file: given.txt", true);
    assertThat(lines).anyMatch(line -> line.startsWith("validation at step 30"));
    // its own vocabulary takes a pass over the files first
    lines = train("counted", "size: 5000", "size: 5000", false);
    assertThat(lines).anyMatch(line -> line.startsWith("validation at step 30"));
  }

  private List<String> train(String name, String source, String target, boolean soon)
      throws Exception {
    Files.writeString(folder.resolve(name + ".yaml"), CONFIG.formatted(source, target));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "train",
            name + ".yaml",
            "--run",
            "runs/" + name);
    long started = System.nanoTime();
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = process.inputReader(UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (line.startsWith("step 1 ")) {
          Duration first = Duration.ofNanos(System.nanoTime() - started);
          System.out.printf("%s: first step of %,d bytes %s after the start%n", name, BYTES, first);
          assertThat(!soon || first.compareTo(FIRST_STEP) <= 0).as("%s", first).isTrue();
        }
      }
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
    System.out.printf("%s: all %s%n", name, Duration.ofNanos(System.nanoTime() - started));
    return lines;
  }

  private static String vocabulary() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      lines.append("w").append(i).append('\n');
    }
    return lines.toString();
  }

  /** Lines of some 100 bytes, of words that rise and fall in frequency as numbers do. */
  private void writeCorpus() throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("corpus.tsv")), 1 << 20)) {
      long written = 0;
      long state = 1;
      StringBuilder line = new StringBuilder();
      while (written < BYTES) {
        line.setLength(0);
        for (int i = 0; i < 20; i++) {
          state = state * 6364136223846793005L + 1442695040888963407L;
          int word = (int) ((state >>> 33) % 20_000);
          line.append(i == 0 ? "" : i == 10 ? "\t" : " ").append('w').append(word);
        }
        byte[] bytes = line.append('\n').toString().getBytes(UTF_8);
        out.write(bytes);
        written += bytes.length;
      }
    }
  }
}
