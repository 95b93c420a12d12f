package org.seq4j.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nobody waits long for the first step. Measures time, and so needs a machine that is not busy. */
@Tag("slow")
final class StartOfTrainingTest {
  @TempDir Path folder;

  @Test
  @Timeout(120)
  void theTrainingGraphIsBuiltWithinThreeSeconds() throws Exception {
    assertThat(milliseconds("graph")).isLessThan(3000);
  }

  @Test
  @Timeout(120)
  void theFirstStepIsMadeWithinTenSeconds() throws Exception {
    assertThat(milliseconds("first-step")).isLessThan(10_000);
  }

  private long milliseconds(String what) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StartOfTraining.class.getName(),
                what,
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    System.out.print(output); // what was measured is of interest, too
    assertThat(output).startsWith(what + " ");
    return Long.parseLong(output.strip().substring(what.length() + 1));
  }
}
