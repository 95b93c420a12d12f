package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests of the environment and arguments that bin/seq4j gives to Java, with a Java that prints
 * them.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
final class StartScriptTest {
  private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";
  private static final String MEMORY_ACCESS = "--sun-misc-unsafe-memory-access=allow";

  @TempDir Path folder;

  @BeforeEach
  void makeADistribution() throws IOException {
    Files.createDirectories(folder.resolve("seq4j/bin"));
    Files.copy(
        CommandRun.project("cli/src/main/dist/bin/seq4j"), folder.resolve("seq4j/bin/seq4j"));
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        echo "LC_ALL=${LC_ALL:-}"
        for argument; do echo "$argument"; done
        """);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @ParameterizedTest
  @CsvSource({
    "17.0.17, false, false",
    "21.0.9, false, false",
    "22, true, false",
    "23.0.1, true, true",
    "25, true, true"
  })
  void onlyAJavaThatWouldWarnGetsTheOptionsAgainstIt(
      String version, boolean nativeAccess, boolean memoryAccess) throws IOException {
    List<String> lines = run(version, Map.of("LC_ALL", "C.UTF-8"));

    assertThat(lines.contains(NATIVE_ACCESS)).isEqualTo(nativeAccess);
    assertThat(lines.contains(MEMORY_ACCESS)).isEqualTo(memoryAccess);
    assertThat(lines).endsWith("org.seq4j.cli.Main", "translate", "run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LC_ALL=C", "LC_ALL=POSIX", "LC_CTYPE=C", "LANG=C", "LANG="})
  void aLocaleOfAsciiBecomesOneOfUtf8(String setting) throws IOException {
    String[] variable = setting.split("=", -1);

    assertThat(run("17", Map.of(variable[0], variable[1]))).contains("LC_ALL=C.UTF-8");
  }

  /** As it is on a system without the command locale, such as Alpine Linux. */
  @ParameterizedTest
  @ValueSource(strings = {"LC_ALL=C", "LC_CTYPE=POSIX", "LANG=C", "LANG="})
  void soItDoesWithoutTheCommandThatTellsTheEncoding(String setting) throws IOException {
    String[] variable = setting.split("=", -1);

    assertThat(run("17", Map.of(variable[0], variable[1], "PATH", folder.toString())))
        .contains("LC_ALL=C.UTF-8");
  }

  @Test
  void aLocaleOfUtf8Stays() throws IOException {
    assertThat(run("17", Map.of("LANG", "C.UTF-8"))).contains("LC_ALL=");
    assertThat(run("17", Map.of("LANG", "de_DE.UTF-8", "PATH", folder.toString())))
        .contains("LC_ALL=");
  }

  private List<String> run(String version, Map<String, String> environment) throws IOException {
    Files.writeString(
        folder.resolve("jdk/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    ProcessBuilder builder =
        new ProcessBuilder(
            "/bin/sh", folder.resolve("seq4j/bin/seq4j").toString(), "translate", "run");
    String path = builder.environment().get("PATH");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return output.lines().toList();
  }
}
