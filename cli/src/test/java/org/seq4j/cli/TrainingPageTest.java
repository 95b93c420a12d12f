package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.run.RunDirectory;

/** The commands and the config of docs/training.md work, in their order. */
class TrainingPageTest {
  @TempDir private Path folder;

  @Test
  @Timeout(300)
  void itsCommandsWork() throws IOException {
    Random random = new Random(4);
    write("train.tsv", random, 200);
    write("dev.tsv", random, 30);
    assertThat(new PageCommands(folder).run("docs/training.md", "training.yaml"))
        .hasSizeGreaterThan(5);
    RunDirectory first = new RunDirectory(folder.resolve("runs/first"));
    assertThat(first.rankedCheckpoints()).hasSize(3);
    assertThat(RunDirectory.step(first.lastCheckpoints().get(0))).isEqualTo(6 * 13);
    assertThat(folder.resolve("runs/risk/metrics.jsonl")).isNotEmptyFile();
  }

  /** Sequences of letters, to be copied. */
  private void write(String name, Random random, int lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      String line =
          random
              .ints(1 + random.nextInt(5), 'a', 'g')
              .mapToObj(letter -> String.valueOf((char) letter))
              .collect(Collectors.joining(" "));
      text.append(line).append('\t').append(line).append('\n');
    }
    Files.writeString(folder.resolve(name), text);
  }
}
