package org.seq4j.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.model.Cell;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Key;

final class IncludesTest {
  private record Corpus(@Key(doc = "") Path file, @Key(doc = "", defaultValue = "1") int weight) {}

  private record Config(
      @Key(doc = "", defaultValue = "[]") List<Integer> sizes,
      @Key(doc = "", defaultValue = "{file: none}") Corpus corpus,
      @Key(doc = "", defaultValue = "lstm") Component<Cell> cell,
      @Key(doc = "") Optional<String> name) {}

  @TempDir Path folder;

  private Config read(String main, String... overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("main.yaml"), main);
    ConfigReader reader = Configs.reader();
    return reader.bind(reader.read(file, List.of(overrides)), Config.class);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void whatTheFileSaysItselfWins() throws IOException {
    write("base.yaml", "name: base\nsizes: [1, 2]\ncorpus: {file: a.txt, weight: 5}\n");
    Config config = read("include: base.yaml\nname: mine\nsizes: [3]\ncorpus: {weight: 7}\n");
    assertThat(config.name()).contains("mine");
    assertThat(config.sizes()).containsExactly(3);
    assertThat(config.corpus()).isEqualTo(new Corpus(folder.resolve("a.txt"), 7));
    assertThat(read("include: base.yaml", "corpus.weight=9").corpus().weight()).isEqualTo(9);
  }

  private record Interval(
      Optional<Integer> epochs, @Key(doc = "", excludes = "epochs") Optional<Integer> steps) {}

  @Test
  void aKeyReplacesOneOfAnIncludedFileThatItExcludes() throws IOException {
    write("root.yaml", "epochs: 1\n");
    write("base.yaml", "include: root.yaml\nsteps: 2\n");
    write("main.yaml", "include: base.yaml\n");
    ConfigReader reader = Configs.reader();
    Path main = folder.resolve("main.yaml");
    assertThat(reader.bind(reader.read(main, List.of()), Interval.class))
        .isEqualTo(new Interval(Optional.empty(), Optional.of(2)));
    write("main.yaml", "include: base.yaml\nepochs: 3\n");
    assertThat(reader.bind(reader.read(main, List.of()), Interval.class))
        .isEqualTo(new Interval(Optional.of(3), Optional.empty()));
  }

  @Test
  void ofSeveralFilesTheLaterOneWinsAndEachMayIncludeOthers() throws IOException {
    write("deep/root.yaml", "name: root\nsizes: [1]\ncorpus: {file: r.txt}\n");
    write("deep/one.json", "{\"include\": \"root.yaml\", \"name\": \"one\"}");
    write("two.yaml", "sizes: [2]\n");
    Config config = read("include: [deep/one.json, two.yaml]\n");
    assertThat(config.name()).contains("one");
    assertThat(config.sizes()).containsExactly(2);
    assertThat(config.corpus().file()).isEqualTo(folder.resolve("r.txt"));
  }

  @Test
  void aComponentOfAnotherTypeTakesNothingOver() throws IOException {
    write("base.yaml", "cell: {type: lstm, forget_bias: 2.0}\n");
    assertThat(read("include: base.yaml\ncell: {type: gru}\n").cell().type()).isEqualTo("gru");
    assertThat(read("include: base.yaml\ncell: gru\n").cell().type()).isEqualTo("gru");
    write("bare.yaml", "cell: zoneout\n");
    Config config = read("include: bare.yaml\ncell: {rate: 0.5, cell: gru}\n");
    assertThat(config.cell().type()).isEqualTo("zoneout");
  }

  @Test
  void problemsTellWhichFileTheyAreIn() throws IOException {
    write("base.yaml", "name: base\n\nsizes: [1, x]\n");
    assertThatThrownBy(() -> read("include: base.yaml\nnane: mine\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            folder.resolve("main.yaml")
                + ": 2 problems\n  "
                + "line 2"
                + " ".repeat(folder.resolve("base.yaml").toString().length() + 4)
                + "nane: unknown key. Known: sizes, corpus, cell, name\n  "
                + folder.resolve("base.yaml")
                + ", line 3  sizes[1]: expected a whole number, got x");
  }

  @Test
  void whatCannotBeIncludedIsTold() throws IOException {
    assertThatThrownBy(() -> read("name: x\ninclude: nowhere.yaml\n"))
        .hasMessageContaining("line 2  include: nowhere.yaml: there is no such file.");
    assertThatThrownBy(() -> read("include: main.yaml\n"))
        .hasMessageContaining("line 1  include: main.yaml includes itself");
    assertThatThrownBy(() -> read("include: {a: b}\n"))
        .hasMessageContaining("include: expected the path of a file, or a list, got a map");
    write("broken.yaml", "name: x\n  y: [\n");
    assertThatThrownBy(() -> read("include: broken.yaml\n"))
        .hasMessageContaining("broken.yaml, line 2  include: not valid YAML: ");
  }
}
