package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.run.RunDirectory;

/**
 * What README shows works: its experiment, commands, plugin and library call are taken from the
 * page and run, on the first lines of the data that the page has one generate.
 */
@Timeout(300)
class ReadmeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

  @TempDir static Path folder;
  private static String page;

  @BeforeAll
  static void prepare() throws Exception {
    page = Files.readString(ROOT.resolve("README.md"));
    Files.writeString(folder.resolve("reverse.yaml"), block("yaml", "name: reverse"));
    seq4j("", "data", "generate", "reverse", "--output", "examples/reverse/data");
    for (String split : List.of("train", "dev", "test")) {
      Path file = folder.resolve("examples/reverse/data/" + split + ".tsv");
      Files.write(file, Files.readAllLines(file).subList(0, 60));
    }
  }

  @Test
  void theCommandsWorkOneAfterTheOther() throws Exception {
    String commands = block("", "./seq4j data generate reverse");
    assertThat(commands)
        .startsWith("./seq4j data generate reverse --output examples/reverse/data\n");
    for (String line : commands.lines().skip(1).toList()) {
      Matcher piped = Pattern.compile("echo '(.*)' \\| (.*)").matcher(line);
      String input = piped.matches() ? piped.group(1) + "\n" : "";
      String command = piped.matches() ? piped.group(2) : line;
      String output = seq4j(input, words(command));
      if (piped.matches()) {
        assertThat(output.lines()).hasSize(1);
      }
    }
    assertThat(new RunDirectory(folder.resolve("runs/first")).bestCheckpoints()).hasSize(1);
  }

  @Test
  void thePluginIsFoundAndTrainedWith() throws Exception {
    Path classes = compile("example/ExamplePlugin", block("java", "MinimalGatedUnit"));
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(plugins.resolve("example.jar")))) {
      try (var files = Files.walk(classes)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          jar.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
          Files.copy(file, jar);
        }
      }
      jar.putNextEntry(new JarEntry("META-INF/services/org.seq4j.core.plugin.Plugin"));
      jar.write("example.ExamplePlugin\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(seq4j("", "--plugins", "plugins", "plugins", "list"))
        .containsPattern("minimal-gated-unit +\\S*example");
    seq4j(
        "",
        words(
            "--plugins plugins train reverse.yaml --run runs/plugin"
                + " --set model.encoder.cell=minimal-gated-unit"
                + " --set model.decoder.cell=minimal-gated-unit"));
    assertThat(seq4j("1 2 3\n", words("--plugins plugins translate runs/plugin")).lines())
        .hasSize(1);
  }

  @Test
  void theLibraryCallRuns() throws Exception {
    Path classes = compile("Reverse", block("java", "class Reverse "));
    String classPath =
        classes + System.getProperty("path.separator") + System.getProperty("java.class.path");
    String output = run("", JavaCommand.of(classPath, "Reverse"));
    assertThat(output).contains("1 2 3 -> ").contains("40 41 -> ");
  }

  /** The first block of a language that contains a text. */
  private static String block(String language, String containing) {
    Matcher blocks = BLOCK.matcher(page);
    while (blocks.find()) {
      if (blocks.group(1).equals(language) && blocks.group(2).contains(containing)) {
        return blocks.group(2);
      }
    }
    throw new AssertionError("README has no block of '" + language + "' with " + containing);
  }

  private static String[] words(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" +", -1)));
    words.remove("./seq4j");
    return words.toArray(String[]::new);
  }

  private static Path compile(String name, String source) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("sources-" + name.replace('/', '-')));
    Path file = sources.resolve(name + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    Path classes = Files.createDirectories(folder.resolve("classes-" + name.replace('/', '-')));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                file.toString());
    assertThat(status).isZero();
    return classes;
  }

  private static String seq4j(String input, String... arguments) throws Exception {
    List<String> command = JavaCommand.of(Main.class.getName());
    command.addAll(List.of(arguments));
    return run(input, command);
  }

  /** Runs a command in the folder and returns what it prints; it must end with status 0. */
  private static String run(String input, List<String> command) throws Exception {
    Path errors = Files.createTempFile(folder, "stderr", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as("%s%n%s%n%s", command, output, Files.readString(errors))
        .isZero();
    return output;
  }
}
