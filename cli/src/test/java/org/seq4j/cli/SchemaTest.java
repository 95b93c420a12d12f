package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.trainer.experiment.ExperimentConfig;

/** What the schema takes, reading a config takes, and the other way round. */
class SchemaTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final ConfigReader READER =
      new ConfigReader(new PluginLoader().classPath(), name -> "/data");

  private static JsonSchema schema;

  @BeforeAll
  static void printSchema() {
    CommandRun run = CommandRun.of("schema");
    assertThat(run.status()).isZero();
    schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(run.out());
  }

  static Stream<String> configs() throws IOException {
    Stream.Builder<String> all = Stream.builder();
    for (Path folder : List.of(CommandRun.project("examples"), CommandRun.project("docs"))) {
      try (Stream<Path> files = Files.walk(folder, 2)) {
        for (Path file :
            files
                .filter(it -> it.toString().endsWith(".yaml"))
                .filter(it -> !it.endsWith("plugin/plugin.yaml")) // see PluginProjectTest
                .sorted()
                .toList()) {
          all.add(Files.readString(file));
        }
      }
    }
    try (var demo = Main.class.getResourceAsStream("command/demo.yaml")) {
      all.add(new String(demo.readAllBytes(), StandardCharsets.UTF_8));
    }
    Matcher block =
        Pattern.compile("(?ms)^```yaml\\n(name: .*?)^```$")
            .matcher(Files.readString(CommandRun.project("README.md")));
    while (block.find()) {
      all.add(block.group(1));
    }
    return all.build();
  }

  private static Set<ValidationMessage> problems(String yaml) throws IOException {
    return schema.validate(YAML.readTree(yaml));
  }

  private static ExperimentConfig bind(String yaml) {
    return READER.bind(
        READER.parse(Path.of("config.yaml"), yaml, List.of()), ExperimentConfig.class);
  }

  @ParameterizedTest
  @MethodSource("configs")
  void everyExampleIsValid(String yaml) throws IOException {
    assertThat(problems(yaml)).isEmpty();
    assertThat(bind(yaml)).isNotNull();
  }

  private static final String BASE =
      """
      name: base
      data: {train: {file: a.tsv, source: 0, target: 1}}
      model:
        embedding: {source: 8}
        encoder: {type: rnn, units: 8}
        decoder: {type: rnn, units: 8, attention: luong}
      training: {optimizer: {beta1: 0.8}, learning_rate: 0.1, clip_norm: 0.5}
      evaluation: {metrics: [{name: ser}, exact-match]}
      """;

  @Test
  void shortFormsAreValid() throws IOException {
    assertThat(problems(BASE)).isEmpty();
    assertThat(bind(BASE)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: base | nmae: base",
        "units: 8, attention | attention",
        "units: 8} | units: eight}",
        "units: 8} | units: 8.5}",
        "units: 8} | units: 0}",
        "attention: luong | attention: lung",
        "attention: luong | attention: {type: luong, score: cosine}",
        "attention: luong | attention: {type: luong, window: 3}",
        "attention: luong | attention: {score: dot}",
        "attention: luong | atention: luong",
        "type: rnn, units: 8} | type: [rnn], units: 8}",
        "clip_norm: 0.5 | clip_norm: -1",
        "clip_norm: 0.5 | clip_norm: ",
        "learning_rate: 0.1 | learning_rate: fast",
        "source: 8 | source: {units: 8, size: 3}",
        "target: 1 | target: [1]",
      })
  void whatIsWrongFailsInBoth(String right, String wrong) throws IOException {
    String yaml = BASE.replace(right.strip(), wrong == null ? "" : wrong);
    assertThat(yaml).isNotEqualTo(BASE);
    assertThat(problems(yaml)).isNotEmpty();
    assertThatThrownBy(() -> bind(yaml)).isInstanceOf(ConfigException.class);
  }

  @Test
  void aFileThatIncludesAnotherNeedsNoKey() throws IOException {
    assertThat(problems("include: a.yaml\nmodel: {encoder: {units: 32}, decoder: rnn}\n"))
        .isEmpty();
    assertThat(problems("include: a.yaml\nmodel: {encoder: {unit: 32}}\n")).isNotEmpty();
    assertThat(problems("name: wide\nmodel: {encoder: {units: 32}}\n")).isNotEmpty();
  }

  @Test
  void keysThatAreIgnoredAreValid() throws IOException {
    assertThat(problems(BASE + "x-note: anything\n")).isEmpty();
  }

  @Test
  void noEnumIsEmptyAndTheSchemaHasAnId() throws IOException {
    for (String sweep : List.of("", "--sweep")) {
      CommandRun run = sweep.isEmpty() ? CommandRun.of("schema") : CommandRun.of("schema", sweep);
      JsonNode printed = YAML.readTree(run.out());
      assertThat(printed.findValues("enum")).allMatch(names -> !names.isEmpty());
      assertThat(printed.path("$id").asText()).startsWith("https://");
    }
  }

  @Test
  void keysSayWhatTheyMean() throws IOException {
    JsonNode printed = YAML.readTree(CommandRun.of("schema").out());
    JsonNode window = printed.at("/$defs/attention.local-p/properties/window");
    assertThat(window.path("description").asText()).contains("Luong et al. 2015");
    assertThat(window.path("default").asInt()).isEqualTo(10);
    assertThat(printed.at("/$defs/attention.local-p/properties/type/description").asText())
        .contains("predicted position");
  }
}
