package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareTest {
  @TempDir Path folder;

  @Test
  void runsAreSideBySide() throws IOException {
    Path config = ToyConfig.write(folder);
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    CommandRun.of("train", config, "--run", one);
    CommandRun.of(
        "train", config, "--run", two, "--set", "model.encoder.units=12", "--set", "seed=2");

    CommandRun compared = CommandRun.of("compare", one, two, "--split", "test");

    assertThat(compared.err()).isEmpty();
    assertThat(compared.status()).isZero();
    assertThat(compared.out())
        .containsPattern("config +" + one + " +" + two + "\n")
        .containsPattern("model.encoder.units +8 +12\n")
        .containsPattern("seed +1 +2\n")
        .doesNotContain("clip_norm")
        .containsPattern("steps +4 +4\n")
        .containsPattern("ended +finished +finished\n")
        .containsPattern("step: loss .*\n +2 +\\d\\.\\d{4} +\\d\\.\\d{4}\n +4 +\\d")
        .containsPattern(
            "test: 40 examples .*\nexact-match .*%.*%\n +by chance +- +[01]\\.\\d{4}\n");
  }

  @Test
  void oneRunIsNotEnough() {
    assertThat(CommandRun.of("compare", folder).status()).isEqualTo(2);
    CommandRun none = CommandRun.of("compare", folder, folder.resolve("x"));
    assertThat(none.err()).startsWith("seq4j: " + folder + " is not the folder of a run");
    assertThat(none.status()).isEqualTo(1);
  }
}
