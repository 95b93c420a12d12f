package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;

/** The models of docs/models.md, small. */
class ModelsTest {
  /** For vectors, sounds and columns, where both tasks have one text. */
  private static final Set<String> OF_OTHER_SOURCES_AND_TARGETS =
      Set.of("linear", "log-mel", "multi-source", "factors");

  private static final Path FOLDER = CommandRun.project("docs/models");

  /** Smaller, so that it is quick. */
  private static final List<String> SMALL =
      List.of(
          "training.max_steps=2",
          "training.validation.every_steps=2",
          "training.batch.size=4",
          "training.threads=2",
          "model.embedding.source=4",
          "model.embedding.target=4");

  @TempDir private Path folder;

  /** What each differs in, as the command takes it. */
  static List<String> models() throws IOException {
    return Files.readAllLines(FOLDER.resolve("models.txt")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\\|", 4)[3].strip())
        .distinct()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("models")
  void isInOrder(String model) throws IOException {
    CommandRun checked = CommandRun.of(with(model, "check", config()));
    assertThat(checked.status()).as(checked.err()).isZero();
  }

  @ParameterizedTest
  @MethodSource("models")
  @Tag("slow")
  void isTrainedAndTranslates(String model) throws IOException {
    Path run = folder.resolve("run");
    CommandRun trained = CommandRun.of(with(model, "train", config(), "--run", run));
    assertThat(trained.status()).as(trained.err()).isZero();
    CommandRun translated =
        CommandRun.withInput("5 May\n\n7. Juni 2026\n", "translate", run, "--beam", "3");
    assertThat(translated.status()).as(translated.err()).isZero();
    assertThat(translated.out().lines()).hasSize(3);
  }

  private Path config() throws IOException {
    return Files.copy(FOLDER.resolve("dates.yaml"), folder.resolve("dates.yaml"));
  }

  /** The arguments, and those that make the model, small, on a few lines. */
  private Object[] with(String model, Object... command) throws IOException {
    Path data = folder.resolve("data.tsv");
    Files.writeString(data, "4 May\t05-04\n23. Mai\t05-23\n1 June 2\t06-01\nx\ty\n\t9\n");
    List<String> sets = new ArrayList<>(SMALL);
    for (String split : List.of("train", "dev", "test")) {
      sets.add("data." + split + ".file=" + data);
    }
    for (String set : Pattern.compile(" (?=model\\.)").split(model, -1)) {
      sets.add(set.replace("128", "8").replace("64", "4"));
    }
    if (!model.contains("model.encoder={")) {
      sets.add("model.encoder.units=4");
    }
    sets.add("model.decoder.units=8");
    List<Object> arguments = new ArrayList<>(List.of(command));
    sets.forEach(set -> arguments.addAll(List.of("--set", set)));
    return arguments.toArray();
  }

  static List<String[]> othersThanModels() throws IOException {
    List<String[]> all = new ArrayList<>();
    for (String table : List.of("lengths", "pronunciation")) {
      for (String line : Files.readAllLines(FOLDER.resolve(table + ".txt"))) {
        if (!line.startsWith("#")) {
          String[] fields = line.split("\\|", 2);
          all.add(new String[] {table, fields[0].strip(), fields[1].strip()});
        }
      }
    }
    all.add(new String[] {"scan", "", ""});
    return all;
  }

  @ParameterizedTest
  @MethodSource("othersThanModels")
  void othersAreInOrder(String table, String name, String model) throws IOException {
    Path data = folder.resolve("data");
    Files.createDirectories(data);
    for (String file :
        List.of(
            "train.tsv", "dev.tsv", "test.tsv", "ady_train.tsv", "ady_dev.tsv", "ady_test.tsv")) {
      Files.writeString(data.resolve(file), "a b\tb a\n");
    }
    String config =
        Files.readString(FOLDER.resolve(table + ".yaml"))
            .replace("${DATA}", data.toString())
            .replace("${G2P}", data.toString())
            .replace("${LANGUAGE}", "ady");
    List<Object> arguments =
        new ArrayList<>(List.of("check", Files.writeString(folder.resolve("it.yaml"), config)));
    for (String set : Pattern.compile(" (?=model\\.)").split(model, -1)) {
      if (!set.isEmpty()) {
        arguments.addAll(List.of("--set", set));
      }
    }
    CommandRun checked = CommandRun.of(arguments.toArray());
    assertThat(checked.status()).as(checked.err()).isZero();
    if (!name.isEmpty()) {
      assertThat(page()).as("docs/models.md").contains("| " + name + " |");
    }
  }

  private static String page() throws IOException {
    return Files.readString(CommandRun.project("docs/models.md"));
  }

  @Test
  void thePageHasEveryModelAndItsFigures() throws IOException {
    for (String line : Files.readAllLines(FOLDER.resolve("models.txt"))) {
      if (!line.startsWith("#")) {
        String[] fields = line.split("\\|", 4);
        String config = fields[3].strip().replace("model.", "");
        assertThat(page())
            .containsPattern(
                Pattern.quote(
                        "| %s | %s | %s | `%s` |"
                            .formatted(
                                fields[0].strip(), fields[1].strip(), fields[2].strip(), config))
                    + " [0-9.]+ % \\| \\d+ s \\| [0-9.]+ % \\|");
      }
    }
  }

  @Test
  void everyComponentIsThere() throws IOException {
    String all = String.join("\n", models()) + Files.readString(FOLDER.resolve("dates.yaml"));
    for (ComponentRegistry.Entry<?> entry : new PluginLoader().classPath().entries()) {
      if (List.of("encoder", "decoder", "attention", "cell", "output").contains(entry.kind().name())
          && !OF_OTHER_SOURCES_AND_TARGETS.contains(entry.name())) {
        assertThat(all)
            .as("docs/models/models.txt: %s %s", entry.kind().name(), entry.name())
            .containsPattern("\\b" + entry.name() + "\\b");
      }
    }
  }
}
