package org.seq4j.trainer.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is native is freed: the memory of a process that trains and translates does not grow. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "resident memory is read from /proc")
class MemoryGrowthTest {
  private static final long MEGABYTE = 1024; // kilobytes

  @TempDir Path folder;

  @Test
  @Timeout(300)
  void someStepsAndTranslationsGrowByLittle() throws Exception {
    List<String> output = run(100, 100, "wide");
    // 60 steps whose ids are not freed grow by 120 MB; without a leak the allocator's own ups and
    // downs remain, up to 40 MB
    assertThat(growth(output, "training")).as("%s", output).isLessThan(60 * MEGABYTE);
  }

  @Test
  @Tag("slow")
  @Timeout(1800)
  void twoThousandStepsAndFiveThousandTranslationsGrowByNothing() throws Exception {
    List<String> output = run(2000, 5000, "deep");
    assertThat(growth(output, "training")).as("%s", output).isLessThan(24 * MEGABYTE);
    assertThat(growth(output, "translating")).as("%s", output).isLessThan(24 * MEGABYTE);
  }

  /**
   * Kilobytes between the medians of the second to fourth and of the last three of ten reports: six
   * reports apart, and after the first has filled the allocator's arenas.
   */
  private static long growth(List<String> output, String what) {
    List<Long> sizes =
        output.stream()
            .filter(line -> line.startsWith(what + " "))
            .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
            .toList();
    assertThat(sizes).as("%s", output).hasSize(10);
    return median(sizes.subList(7, 10)) - median(sizes.subList(1, 4));
  }

  private static long median(List<Long> three) {
    return three.stream().sorted().toList().get(1);
  }

  private List<String> run(int steps, int translations, String model)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                // in the short form the garbage collector does not hide what is not closed
                "-Dorg.bytedeco.javacpp.nopointergc=" + model.equals("wide"),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryGrowth.class.getName(),
                folder.toString(),
                Integer.toString(steps),
                Integer.toString(translations),
                model)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s", output).isZero();
    return output;
  }
}
