package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code mvn -Prelease deploy} puts into a repository: LibraryPageTest builds with it. */
@Tag("slow")
@Timeout(900)
class ReleaseTest {
  private static final Path GROUP = ReleasedFolder.REPOSITORY.resolve("org/seq4j");

  @BeforeAll
  static void deploy() throws Exception {
    ReleasedFolder.deploy();
  }

  static List<PomFile> modules() throws Exception {
    List<PomFile> modules = new ArrayList<>();
    for (String folder : PomFile.modules()) {
      modules.add(PomFile.ofModule(folder));
    }
    return modules;
  }

  @Test
  void theModulesAndTheirParentAreDeployedAndNothingElse() throws Exception {
    List<String> expected = new ArrayList<>(List.of("seq4j-parent"));
    for (PomFile module : modules()) {
      expected.add(artifact(module));
    }
    try (Stream<Path> folders = Files.list(GROUP)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aJarComesWithItsSourcesAndItsJavadoc(PomFile module) throws IOException {
    boolean pom = module.text("packaging").equals(Optional.of("pom"));
    List<String> wanted =
        pom ? List.of(".pom") : List.of(".pom", "\\d.jar", "-sources.jar", "-javadoc.jar");
    List<String> files = files(module);
    for (String end : wanted) {
      assertThat(files).filteredOn(file -> file.matches(".*" + end)).as(end).hasSize(1);
    }
  }

  private static String artifact(PomFile module) {
    return module.text("artifactId").orElseThrow();
  }

  private static Path folder(PomFile module) {
    String version =
        module.text("version").or(() -> module.text("parent", "version")).orElseThrow();
    return GROUP.resolve(artifact(module)).resolve(version);
  }

  private static List<String> files(PomFile module) throws IOException {
    try (Stream<Path> files = Files.list(folder(module))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
