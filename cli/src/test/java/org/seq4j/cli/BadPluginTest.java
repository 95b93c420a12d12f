package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that cannot be used: status 1, since no config file names them. */
final class BadPluginTest {
  private static final String SERVICE = "META-INF/services/org.seq4j.core.plugin.Plugin";

  @TempDir Path plugins;

  @Test
  void aBrokenJar() throws IOException {
    Files.writeString(plugins.resolve("broken.jar"), "this is no jar");

    assertProblem("broken.jar: is not a readable jar");
  }

  @Test
  void aPluginWhoseClassIsNotThere() throws IOException {
    jar("acme.jar", "com.acme.NoSuchPlugin");

    assertProblem("com.acme.NoSuchPlugin is listed as a Plugin but is not found");
  }

  @Test
  void aPluginWithTheNamesOfBuiltIns() throws IOException {
    jar("twin.jar", TwinPlugin.class.getName(), TwinPlugin.class);

    assertProblems(
        "2 problems",
        "output 'softmax' already exists, from ",
        "constraint 'shortlist' already exists, from ");
  }

  @Test
  void aClassThatIsNoPlugin() throws IOException {
    jar("acme.jar", "org.seq4j.core.plugin.NoKeys");

    assertProblem(
        "acme, %s/acme.jar: org.seq4j.core.plugin.NoKeys is listed as a Plugin but is not one"
            .formatted(plugins.getFileName()));
  }

  @Test
  void aFolderThatIsNotThere() {
    CommandRun list = CommandRun.of("--plugins", plugins.resolve("none"), "plugins", "list");

    assertThat(list.err()).startsWith("seq4j: " + plugins.resolve("none") + " is not a folder");
    assertThat(list.status()).isEqualTo(1);
  }

  @Test
  void aFolderWithTheNameOfACommand() {
    CommandRun list = CommandRun.of("--plugins", "plugins", "plugins", "list");

    assertThat(list.err()).startsWith("seq4j: plugins is not a folder");
  }

  private void assertProblem(String message) {
    assertProblems("1 problem", message);
  }

  private void assertProblems(String count, String... messages) {
    CommandRun list = CommandRun.of("plugins", "list", "--plugins", plugins);
    assertThat(list.err()).startsWith("seq4j: plugins: " + count + "\n").contains(messages);
    assertThat(list.out()).contains("attention          bahdanau "); // the others are listed
    assertThat(list.status()).isEqualTo(1);
    assertThat(CommandRun.of("check", "no.yaml", "--plugins", plugins).err())
        .startsWith("seq4j: plugins: " + count + "\n");
  }

  private void jar(String name, String provider, Class<?>... classes) throws IOException {
    try (OutputStream file = Files.newOutputStream(plugins.resolve(name));
        JarOutputStream jar = new JarOutputStream(file)) {
      jar.putNextEntry(new JarEntry(SERVICE));
      jar.write(provider.getBytes(StandardCharsets.UTF_8));
      jar.closeEntry();
      for (Class<?> type : classes) {
        String entry = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(entry));
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(entry)) {
          bytes.transferTo(jar);
        }
        jar.closeEntry();
      }
    }
  }
}
