package org.seq4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The format of one's own in docs/text.md, as a plugin in a jar. */
@Timeout(300)
final class CorpusFormatPluginTest {
  private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
  private static final Pattern YAML =
      Pattern.compile("(?ms)^```yaml\\n# readings.yaml\\n(.*?)^```$");
  private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");

  @TempDir static Path folder;
  private static Path plugins;
  private static Path config;

  @BeforeAll
  static void packPlugin() throws IOException {
    String page = Files.readString(CommandRun.project("docs/text.md"));
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d"));
    arguments.add(classes.toString());
    Matcher blocks = JAVA.matcher(page);
    while (blocks.find()) {
      Matcher name = CLASS.matcher(blocks.group(1));
      assertThat(name.find()).isTrue();
      Path file = sources.resolve(name.group(1) + ".java");
      arguments.add(Files.writeString(file, blocks.group(1)).toString());
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).isZero();
    plugins = Files.createDirectories(folder.resolve("plugins"));
    pack(classes, plugins.resolve("acme-readings.jar"));

    Matcher yaml = YAML.matcher(page);
    assertThat(yaml.find()).isTrue();
    config = Files.writeString(folder.resolve("readings.yaml"), yaml.group(1));
    readings(folder.resolve("train.readings"), 40, 7);
    readings(folder.resolve("dev.bin"), 10, -1);
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      out.putNextEntry(new JarEntry("META-INF/services/org.seq4j.core.plugin.Plugin"));
      out.write("acme.ReadingsPlugin\n".getBytes(UTF_8));
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
    }
  }

  /** For each vector, whether its first number is the larger one; one record has no text. */
  private static void readings(Path file, int count, int bad) throws IOException {
    Random random = new Random(count);
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < count; i++) {
        int length = 1 + random.nextInt(4);
        out.writeByte(length);
        StringJoiner text = new StringJoiner(" ");
        for (int t = 0; t < length; t++) {
          float first = random.nextFloat();
          float second = random.nextFloat();
          out.writeFloat(first);
          out.writeFloat(second);
          text.add(first > second ? "down" : "up");
        }
        out.writeUTF(i == bad ? "" : text.toString());
      }
    }
  }

  private static CommandRun run(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--plugins", plugins));
    return CommandRun.of(all.toArray());
  }

  @Test
  void isListedWithTheOthers() {
    CommandRun list = run("plugins", "list");
    assertThat(list.status()).as(list.err()).isZero();
    assertThat(list.out())
        .contains("parallel", "columns", "json-lines", "numpy", "readings", "acme-readings");
  }

  @Test
  void isTrainedOnAndEvaluatedOn() {
    Path run = folder.resolve("run");
    CommandRun checked = run("check", config);
    assertThat(checked.status()).as(checked.err()).isZero();
    CommandRun trained = run("train", config, "--run", run);
    assertThat(trained.status()).as(trained.err()).isZero();
    CommandRun evaluated = run("evaluate", run);
    assertThat(evaluated.status()).as(evaluated.err()).isZero();
    assertThat(evaluated.out()).contains("10 examples", "ser");
    CommandRun translated = CommandRun.withInput("0.5 0.25; 0 1\n", "translate", run); // no plugin
    assertThat(translated.status()).as(translated.err()).isZero();
  }

  @Test
  void streamsFromIt() {
    Path run = folder.resolve("streamed");
    CommandRun trained =
        run(
            "train",
            config,
            "--run",
            run,
            "--set",
            "data.shuffle_buffer=10",
            "--set",
            "data.dev=null",
            "--set",
            "data.held_out.count=5");
    assertThat(trained.status()).as(trained.err()).isZero();
  }

  @Test
  void isInspected() {
    CommandRun inspected = run("data", "inspect", config);
    assertThat(inspected.status()).as(inspected.err()).isZero();
    assertThat(inspected.out())
        .containsPattern("train +40 +39 +39 +1 malformed")
        .containsPattern("dev +10 +10 +10");
    assertThat(inspected.out()).containsPattern("target  (up|down)");
  }

  @Test
  void aBadRecordIsToldWithItsPlace() {
    CommandRun inspected = run("data", "inspect", config, "--set", "data.on_error=stop");
    assertThat(inspected.status()).isEqualTo(1);
    assertThat(inspected.err())
        .contains(folder.resolve("train.readings") + ", record 8: expected a text, got none")
        .doesNotContain("Exception");
  }

  @Test
  void vectorsOfAnotherSizeAreToldWithTheirPlace() {
    CommandRun inspected =
        run("data", "inspect", config, "--set", "source.depth=3", "--set", "data.on_error=stop");
    assertThat(inspected.status()).isEqualTo(1);
    assertThat(inspected.err()).contains("record 1: vector 1: expected 3 numbers (depth), got 2");
  }

  @Test
  void vectorsAreNoText() {
    CommandRun inspected =
        run(
            "data",
            "inspect",
            config,
            "--set",
            "source={tokenizer: whitespace}",
            "--set",
            "data.on_error=stop");
    assertThat(inspected.status()).isEqualTo(1);
    assertThat(inspected.err())
        .contains(
            "record 1: expected text, got vectors; a side of vectors has type: vectors and depth");
  }

  @Test
  void aFileThatIsCutShortCannotBeRead() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve("dev.bin"));
    Path cut = Files.write(folder.resolve("cut.bin"), java.util.Arrays.copyOf(whole, 5));
    CommandRun inspected =
        run(
            "data",
            "inspect",
            config,
            "--set",
            "data.dev={file: %s, format: readings}".formatted(cut));
    assertThat(inspected.status()).isEqualTo(1);
    assertThat(inspected.err()).contains("cannot read " + cut).doesNotContain("internal error");
  }

  @Test
  void anEmptyFileIsToldInWords() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.readings"));
    CommandRun inspected =
        run("data", "inspect", config, "--set", "data.train={file: %s}".formatted(empty));
    assertThat(inspected.status()).isEqualTo(1);
    assertThat(inspected.err()).contains(empty + " is empty: expected at least one example");
  }

  @Test
  void itsComplaintsAreProblemsOfTheConfig() {
    CommandRun checked =
        run("check", config, "--set", "data.dev={format: readings, source: a, target: b}");
    assertThat(checked.status()).isEqualTo(3);
    assertThat(checked.err()).contains("data.dev: file: expected a file of readings, got none");
  }

  @Test
  void withoutThePluginTheFormatIsMissed() {
    CommandRun checked = CommandRun.of("check", config);
    assertThat(checked.status()).isEqualTo(3);
    assertThat(checked.err())
        .contains(
            "no corpus-format named 'readings'.",
            "Known: columns, csv, json-lines, numpy, parallel");
  }
}
