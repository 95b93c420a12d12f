package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AverageCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"--best", "--last"})
  void oneCheckpointHasNoAverage(String option) {
    CommandRun run = CommandRun.of("average", folder, option, "1");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(option + ": expected at least 2 checkpoints to average, got 1");
  }

  @Test
  void theBestAndTheLatestAreNotAveragedTogether() {
    CommandRun run = CommandRun.of("average", folder, "--best", "2", "--last", "2");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--best=N, --last=N are mutually exclusive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--best", "--last"})
  void aFolderThatIsNoRunIsNamed(String option) {
    CommandRun run = CommandRun.of("average", folder, option, "2");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains(folder + " is not the folder of a run");
  }
}
