package org.seq4j.runtime.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of native libraries of a user whose home directory Java does not know. */
final class NativeCacheTest {
  @TempDir Path folder;

  @Test
  void itIsInTheCacheOfTheUser() {
    assertThat(folder(Map.of("XDG_CACHE_HOME", folder + "/cache", "HOME", folder + "/home")))
        .isEqualTo(folder.resolve("cache/seq4j"));
  }

  @Test
  void itIsInTheHomeThatTheEnvironmentNames() throws IOException {
    Files.createDirectory(folder.resolve("home"));

    assertThat(folder(Map.of("XDG_CACHE_HOME", "relative", "HOME", folder + "/home")))
        .isEqualTo(folder.resolve("home/.cache/seq4j"));
  }

  @Test
  void itIsPrivateAmongTheTemporaryOnes() throws IOException {
    Path own = folder(Map.of());

    assertThat(own.getParent()).isEqualTo(folder);
    assertThat(Files.getPosixFilePermissions(own))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(folder(Map.of("HOME", folder + "/none"))).as("the next time").isEqualTo(own);
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(own));
  }

  /** Another user could put a library there. */
  @Test
  void aTemporaryFolderThatOthersCanWriteToIsNotUsed() throws IOException {
    Path own = folder(Map.of());
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(folder(Map.of())).isNotEqualTo(own).startsWith(folder);
  }

  private Path folder(Map<String, String> environment) {
    return NativeCache.folder(environment, folder);
  }

  @Test
  void javaCppUsesItsOwnFolderOnlyInAHomeThatThereIs() {
    assertThat(NativeCache.isHome(folder.toString())).isTrue();
    assertThat(NativeCache.isHome(folder.resolve("none").toString())).isFalse();
    assertThat(NativeCache.isHome("?")).isFalse();
  }
}
