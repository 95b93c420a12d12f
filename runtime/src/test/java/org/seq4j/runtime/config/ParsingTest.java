package org.seq4j.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seq4j.runtime.config.Configs.problems;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.plugin.ComponentRegistry;

class ParsingTest {
  private record Model(int units, @Key(doc = "", defaultValue = "1") int layers) {}

  private record Config(Model model) {}

  private record Two(Model first, Model second) {}

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Config read(Path file) {
    ConfigReader reader = Configs.reader();
    return reader.bind(reader.read(file, List.of()), Config.class);
  }

  @Test
  void readsYaml() throws IOException {
    assertThat(read(file("a.yaml", "model:\n  units: 3\n"))).isEqualTo(new Config(new Model(3, 1)));
  }

  @Test
  void readsJsonIndentedWithTabs() throws IOException {
    assertThat(read(file("a.json", "{\n\t\"model\": {\n\t\t\"units\": 3}}")))
        .isEqualTo(new Config(new Model(3, 1)));
  }

  @Test
  void skipsAByteOrderMark() throws IOException {
    assertThat(read(file("a.yaml", "\ufeffmodel: {units: 3}"))).isNotNull();
  }

  @Test
  void followsAliasesAndMerges() {
    String yaml = "first: &it {units: 3, layers: 2}\nsecond:\n  <<: *it\n  units: 4\n";
    assertThat(Configs.bind(Two.class, yaml)).isEqualTo(new Two(new Model(3, 2), new Model(4, 2)));
  }

  @Test
  void saysWhereAMissingFileWasLookedFor() {
    Path missing = folder.resolve("none.yaml");
    assertThatThrownBy(() -> read(missing))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "%s: 1 problem\n  there is no such file. Check its name; its full path is %s",
            missing, missing);
  }

  @Test
  void refusesAFolder() {
    assertThatThrownBy(() -> read(folder))
        .hasMessage("%s: 1 problem\n  this is a folder. Name the file in it", folder);
  }

  @Test
  void refusesAnotherEncoding() throws IOException {
    Path file = folder.resolve("latin.yaml");
    Files.write(file, "name: Ä".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> read(file))
        .hasMessageStartingWith(
            file + ": 1 problem\n  line 1, byte 7: expected UTF-8, got the byte 0xC4.");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    Path file = file("a.yaml", "# nothing yet\n");
    assertThatThrownBy(() -> read(file))
        .hasMessage("%s: 1 problem\n  empty file. Expected keys and values", file);
  }

  @Test
  void refusesAnEmptyJsonFile() throws IOException {
    Path file = file("a.json", "");
    assertThatThrownBy(() -> read(file))
        .hasMessage("%s: 1 problem\n  empty file. Expected keys and values", file);
  }

  @Test
  void refusesAList() {
    assertThat(problems(Config.class, "- model\n"))
        .isEqualTo("line 1  expected a map of keys and values, got a list");
  }

  @Test
  void saysTheLineOfASyntaxError() {
    assertThat(problems(Config.class, "model:\n  units: [3\n  layers: 1\n"))
        .isEqualTo(
            "line 3  not valid YAML: while parsing a flow sequence, expected ',' or ']', but got :");
  }

  @Test
  void saysThatTabsDoNotIndent() {
    assertThat(problems(Config.class, "model:\n\tunits: 3\n"))
        .startsWith(
            "line 2  not valid YAML: while scanning for the next token, found character '\\t");
  }

  @Test
  void saysTheLineOfACharacterThatYamlDoesNotAllow() {
    assertThat(problems(Config.class, "model:\n  # \ud83d\ude00\n  units: \u001b[31m\n"))
        .isEqualTo("line 3  not valid YAML: the character U+001B is not allowed. Remove it");
  }

  @Test
  void saysTheLineWhereItIsNestedTooDeep() throws IOException {
    assertThat(problems(Config.class, "model:\n  a: " + "[".repeat(60) + "]".repeat(60)))
        .isEqualTo("line 2  not valid YAML: Nesting Depth exceeded max 50");
    Path json = file("deep.json", "{\n \"a\": " + "[".repeat(2_000));
    assertThatThrownBy(() -> read(json))
        .hasMessageStartingWith("%s: 1 problem\n  line 2  not valid JSON: ", json);
  }

  @Test
  void saysTheLineOfASyntaxErrorInJson() throws IOException {
    Path file = file("a.json", "{\n \"model\": {units: 3}}");
    assertThatThrownBy(() -> read(file))
        .hasMessageStartingWith(
            "%s: 1 problem\n  line 2  not valid JSON: Unexpected character", file);
  }

  @Test
  void refusesWhatFollowsTheEndInJson() throws IOException {
    Path file = file("a.json", "{}\n{}");
    assertThatThrownBy(() -> read(file))
        .hasMessage(
            "%s: 1 problem\n  line 2  not valid JSON: there is more text after the end", file);
  }

  @Test
  void variablesNeedNoQuotesInBraces() {
    ConfigReader reader =
        new ConfigReader(ComponentRegistry.of(), name -> name.equals("UNITS") ? "3" : null);
    Config bound =
        reader.bind(
            reader.parse(
                Path.of("a.yaml"),
                "model: {units: ${UNITS}, layers: ${LAYERS:-2}} # ${HERE}\n",
                List.of()),
            Config.class);
    assertThat(bound).isEqualTo(new Config(new Model(3, 2)));
  }

  @Test
  void keysThatBeginWithXAreIgnoredAtAnyDepth() {
    String yaml =
        """
        x-base: &base {units: 3, x-note: [${NOWHERE}, anything]}
        model:
          <<: *base
          x-more: 1
        """;
    assertThat(Configs.bind(Config.class, yaml)).isEqualTo(new Config(new Model(3, 1)));
    assertThat(problems(Config.class, "model: {units: 3}", "x-a=1")).contains("x-a: unknown key");
  }

  @Test
  void refusesTwoDocuments() {
    assertThat(problems(Config.class, "model: {units: 3}\n---\nmodel: {units: 4}\n"))
        .isEqualTo(
            "line 2  not valid YAML: expected a single document in the stream, but found another document");
  }

  @Test
  void findsEveryDuplicateKey() {
    assertThat(problems(Config.class, "model:\n  units: 3\n  units: 4\n  layers: 1\n  layers: 2\n"))
        .isEqualTo(
            """
            experiments/test.yaml: 2 problems
              line 3  model.units: given twice, first on line 2. Remove one
              line 5  model.layers: given twice, first on line 4. Remove one""");
  }

  @Test
  void findsDuplicateKeysInJson() throws IOException {
    Path file = file("a.json", "{\"model\": {\"units\": 3,\n\"units\": 4}}");
    assertThatThrownBy(() -> read(file))
        .hasMessage(
            "%s: 1 problem\n  line 2  model.units: given twice, first on line 1. Remove one", file);
  }

  @Test
  void refusesTags() {
    assertThat(problems(Config.class, "model: {units: !!java.io.File 3}"))
        .isEqualTo(
            "line 1  model.units: YAML tags are not supported: remove tag:yaml.org,2002:java.io.File");
  }

  @Test
  void refusesWhatContainsItself() {
    assertThat(problems(Config.class, "model: &it {units: 3, layers: *it}"))
        .contains("line 1  model.layers: contains itself, through an alias");
  }

  @Test
  void refusesKeysThatAreNotWords() {
    assertThat(problems(Config.class, "model: {units: 3}\n? [a, b]\n: 1\n"))
        .isEqualTo("line 2  a key must be a single value");
  }

  @Test
  void alignsProblemsInTheOrderOfTheFile() {
    String yaml = "model:\n  units: 8.7\n" + "\n".repeat(7) + "  depth: 2\n";
    assertThat(problems(Config.class, yaml, "model.layers=x"))
        .isEqualTo(
            """
            experiments/test.yaml: 3 problems
              line 2   model.units: expected a whole number, got 8.7
              line 10  model.depth: unknown key. Known: units, layers
              --set model.layers=x  model.layers: expected a whole number, got x""");
  }
}
