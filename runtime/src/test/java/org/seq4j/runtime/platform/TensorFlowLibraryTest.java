package org.seq4j.runtime.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests of TensorFlow's lines on stderr, and of the messages if its library cannot be loaded. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
final class TensorFlowLibraryTest {
  @TempDir Path folder;

  private record Outcome(String out, String err) {}

  @Test
  void nothingButErrorsReachesStderr() throws IOException {
    Outcome outcome = run(List.of(), "");

    assertThat(outcome.out()).isEqualTo("[w]\n");
    assertThat(outcome.err()).endsWith("message of level 2\n").hasLineCount(1);
  }

  @Test
  @Tag("slow")
  void theVariableOfTheEnvironmentWins() throws IOException {
    assertThat(run(List.of(), "3").err()).isEmpty();
    assertThat(run(List.of(), "0").err())
        .contains("message of level 0", "message of level 1", "message of level 2");
  }

  @Test
  void withoutTheJarOfThePlatformItsCoordinatesAreTold() throws IOException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(":", -1))
            .filter(entry -> !entry.matches(".*tensorflow-core-native.*(linux|macosx).*"))
            .collect(Collectors.joining(":"));

    assertThat(run(List.of("-cp", classPath), "").err())
        .contains("PlatformException: TensorFlow's native library for linux-")
        .contains("Add org.tensorflow:tensorflow-core-native:1.1.0:linux-");
  }

  private Outcome run(List<String> options, String level) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(options); // the later one wins
    command.add(ErrorsOnly.class.getName());
    Path errors = folder.resolve("stderr");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().remove("TF_CPP_MIN_LOG_LEVEL");
    if (!level.isEmpty()) {
      builder.environment().put("TF_CPP_MIN_LOG_LEVEL", level);
    }
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(output, Files.readString(errors));
  }
}
