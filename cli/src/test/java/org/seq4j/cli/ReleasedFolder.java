package org.seq4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a release deploys, in a folder that Maven reads like a remote repository. The local
 * repository beside it is of its own: none of our artifacts gets into that of the machine, or comes
 * from there; those of others do, if they are there already.
 */
final class ReleasedFolder {
  private static final Path PARENT = CommandRun.project("cli/target/released");

  /** The folder with the artifacts. */
  static final Path REPOSITORY = PARENT.resolve("repository");

  private static boolean deployed;

  private ReleasedFolder() {}

  /** Deploys every module, once for all tests of a process. */
  static synchronized void deploy() throws Exception {
    if (deployed) {
      return;
    }
    delete(PARENT);
    Files.createDirectories(PARENT);
    Files.writeString(PARENT.resolve("settings.xml"), settings());
    // The distribution is not deployed: that in cli/target/ stays as it is.
    maven(
        CommandRun.project("."),
        "deploy",
        "-Prelease",
        "-Dquick",
        "-DskipTests",
        "-Dmaven.install.skip",
        "-Dassembly.skipAssembly",
        "-Dmaven.clean.skip",
        "-DaltDeploymentRepository=released::" + REPOSITORY.toUri());
    deployed = true;
  }

  /** Runs Maven in a folder, with the local repository of the release. */
  static void maven(Path directory, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("-gs", PARENT.resolve("settings.xml").toString()));
    all.add("-Dmaven.repo.local=" + PARENT.resolve("local"));
    all.addAll(Arrays.asList(arguments));
    MavenRun.of(PARENT, directory, all.toArray(String[]::new));
  }

  /** Has Maven look into the machine's local repository before it downloads anything. */
  private static String settings() {
    String shared =
        System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository");
    String repository =
        """
        <id>local-repository</id>
                <url>%s</url>
                <releases><checksumPolicy>ignore</checksumPolicy></releases>
                <snapshots><enabled>false</enabled></snapshots>\
        """
            .formatted(Path.of(shared).toUri());
    return """
    <settings>
      <profiles>
        <profile>
          <id>local-repository</id>
          <repositories>
            <repository>
              %1$s
            </repository>
          </repositories>
          <pluginRepositories>
            <pluginRepository>
              %1$s
            </pluginRepository>
          </pluginRepositories>
        </profile>
      </profiles>
      <activeProfiles>
        <activeProfile>local-repository</activeProfile>
      </activeProfiles>
    </settings>
    """
        .formatted(repository);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
