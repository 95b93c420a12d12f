package org.seq4j.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.model.Cell;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.config.key.Literal;

class ConfigWriterTest {
  private enum Unit {
    SEQUENCES,
    TARGET_TOKENS
  }

  private record Layer(@Key(doc = "", shorthand = true) int units, List<Literal> columns) {}

  private record Config(
      String name,
      boolean fast,
      long seed,
      float rate,
      double limit,
      Unit unit,
      Path data,
      Optional<Integer> absent,
      @Key(doc = "", defaultValue = "1") Optional<Integer> turnedOff,
      List<Layer> layers,
      List<String> none,
      Map<String, Float> weights,
      Component<Cell> cell) {}

  private record Text(String value) {}

  private record Names(Map<String, Integer> counts) {}

  private record Figure(float value) {}

  private static final String YAML =
      """
      name: a test
      fast: true
      seed: 12345678901
      rate: 1.0e-4
      limit: .inf
      unit: target-tokens
      data: /data/x.tsv
      turned_off: null
      layers:
        - units: 3
          columns: ['0', b]
      none: []
      weights:
        b: 1.0
        a: 2.5
      cell:
        type: zoneout
        cell:
          type: gru
        rate: 0.1
      """;

  @Test
  void writesEveryValue() {
    assertThat(ConfigWriter.write(Configs.bind(Config.class, YAML))).isEqualTo(YAML);
  }

  @Test
  void writesWhatBindsToAnEqualRecord() {
    Config config = Configs.bind(Config.class, YAML);
    assertThat(Configs.bind(Config.class, ConfigWriter.write(config))).isEqualTo(config);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "no",
        "true",
        "null",
        "~",
        "010",
        "1:30",
        "1_000",
        "1.10",
        "0x1f",
        ".inf",
        "0o7",
        "a: b",
        "- a",
        "# a",
        "a # b",
        "'a'",
        "\"a\"",
        "${HOME}",
        "$${HOME}",
        "a\nb",
        "a\tb",
        "ä",
        "😀",
        "\u0007",
        "{a}",
        "[a",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "<<",
        "=",
        "a\\b",
        "1e3"
      })
  void writesAnyText(String text) {
    assertThat(Configs.bind(Text.class, ConfigWriter.write(new Text(text))))
        .isEqualTo(new Text(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no", "1", "a.b", "a: b", "<<", "${HOME}", "null"})
  void writesAnyName(String name) {
    Names names = new Names(Map.of(name, 1));
    assertThat(Configs.bind(Names.class, ConfigWriter.write(names))).isEqualTo(names);
  }

  @Test
  void writesLongTextOnOneLine() {
    String text = "word ".repeat(100).strip();
    assertThat(ConfigWriter.write(new Text(text))).isEqualTo("value: " + text + "\n");
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, -0f, 0.1f, 1e10f, 1e-10f, 3.4028235e38f, 1.4e-45f, Float.NaN})
  void writesAnyNumber(float value) {
    assertThat(Configs.bind(Figure.class, ConfigWriter.write(new Figure(value))))
        .isEqualTo(new Figure(value));
  }

  private record Written(
      int batch,
      @Key(doc = "", defaultValue = "7") int seed,
      @Key(doc = "", defaultValue = "[1, 2]") List<Integer> sizes,
      Path data,
      @Key(doc = "") Layer layer,
      Component<Cell> cell) {}

  @Test
  void tellsWhereEachValueWasWritten(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("base.yaml"), "batch: 1\ncell: gru\nlayer: {units: 3, columns: [a, b]}\n");
    Path file = folder.resolve("run.yaml");
    Files.writeString(file, "include: base.yaml\ndata: ${HERE}/x.tsv\nbatch: 2\n");
    ConfigReader reader =
        new ConfigReader(Configs.REGISTRY, name -> name.equals("HERE") ? "data" : null);
    ConfigTree tree = reader.read(file, List.of("layer.units=\n4", "sizes=[5]"));
    Written config = reader.bind(tree, Written.class);
    String text = ConfigWriter.write(config, folder, tree);
    assertThat(text.replace(folder + "/", ""))
        .isEqualTo(
            """
            # Values without a comment are defaults.
            batch: 2 # run.yaml, line 3
            seed: 7
            sizes: [5] # --set sizes=[5]
            data: data/x.tsv # run.yaml, line 2, ${HERE}
            layer:
              units: 4 # --set layer.units= 4
              columns: [a, b] # base.yaml, line 3
            cell:
              type: gru # base.yaml, line 2
            """);
    assertThat(reader.bind(reader.parse(file, text, List.of()), Written.class)).isEqualTo(config);
  }
}
