package org.seq4j.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.seq4j.runtime.config.Configs.problems;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.plugin.MovedKey;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.plugin.ComponentRegistry;

/** What becomes of keys that have another place since. */
class MovedKeysTest {

  record Whole(
      @Key(doc = "A part.", defaultValue = "{}") Part part,
      @Key(doc = "A rate.", defaultValue = "1") double rate) {}

  @MovedKey(from = "size", to = "bounds.max")
  @MovedKey(from = "bounds.least", to = "bounds.min")
  @MovedKey(from = "bounds.gone", to = "other")
  record Part(
      @Key(doc = "Bounds.", defaultValue = "{}") Bounds bounds,
      @Key(doc = "Another.") Optional<String> other) {}

  record Bounds(
      @Key(doc = "The minimum.", defaultValue = "0", min = 0) int min,
      @Key(doc = "The maximum.", defaultValue = "9") int max) {}

  private static Part ofRun(String yaml, String... overrides) {
    ConfigReader reader = Configs.reader().ofRuns();
    return reader.bind(reader.parse(Configs.FILE, yaml, List.of(overrides)), Whole.class).part();
  }

  @Test
  void aConfigIsToldWhereTheyAreNow() {
    assertThat(problems(Whole.class, "rate: 2\npart:\n  size: 3\n"))
        .isEqualTo("line 3  part.size: this key is now part.bounds.max");
    assertThat(problems(Whole.class, "part: {bounds: {least: 3}}"))
        .isEqualTo("line 1  part.bounds.least: this key is now part.bounds.min");
    assertThat(problems(Whole.class, "rate: 2", "part.bounds.gone=a"))
        .isEqualTo("--set part.bounds.gone=a  part.bounds.gone: this key is now part.other");
  }

  @Test
  void whatIsWrongWithTheirValuesIsToldToo() {
    assertThat(problems(Whole.class, "part: {bounds: {least: -3}, sise: 1}"))
        .contains("3 problems")
        .contains("part.bounds.least: this key is now part.bounds.min")
        .contains("part.bounds.min: expected a whole number, at least 0, got -3")
        .contains("part.sise: unknown key");
  }

  @Test
  void theConfigOfARunIsReadAsIfItHadThemWhereTheyAreNow() {
    assertThat(ofRun("part: {size: 3, bounds: {least: 1, gone: a}}"))
        .isEqualTo(new Part(new Bounds(1, 3), Optional.of("a")));
  }

  @Test
  void aNewKeyOfAnOverrideWinsOverTheOldOneOfARun() {
    assertThat(ofRun("part: {size: 3}", "part.bounds.max=4").bounds().max()).isEqualTo(4);
  }

  @Test
  void anOldKeyOfAnOverrideIsTold() {
    assertThat(catchThrowable(() -> ofRun("part: {size: 3}", "part.size=4")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--set part.size=4  part.size: this key is now part.bounds.max");
  }

  @MovedKey(from = "smoothing", to = "parts[cut].smoothing", unless = "0")
  @MovedKey(from = "guidance", to = "parts[guide].weight", unless = "0")
  @MovedKey(from = "risk", to = "parts[risk]")
  record Trained(
      @Key(doc = "A rate.", defaultValue = "1") double rate,
      @Key(doc = "Parts.", defaultValue = "cut") List<Component<Tokenizer>> parts) {}

  private static final ComponentRegistry PARTS = ComponentRegistry.of(new PartsPlugin());

  /** The components of the list. */
  private static final class PartsPlugin implements Plugin {
    record Cut(@Key(doc = "How much.", defaultValue = "0") double smoothing) {}

    record Guide(@Key(doc = "How often.", defaultValue = "1") double weight) {}

    record Risk(
        @Key(doc = "By what.") String metric, @Key(doc = "Of.", defaultValue = "9") int count) {}

    @Override
    public int apiVersion() {
      return API_VERSION;
    }

    @Override
    public void register(Components components) {
      components
          .of(Tokenizer.class)
          .add("cut", "Cuts.", Cut.class, keys -> null)
          .add("guide", "Guides.", Guide.class, keys -> null)
          .add("risk", "Risks.", Risk.class, keys -> null)
          .renamed("slice", "cut");
    }
  }

  private static String inList(String yaml, String... overrides) {
    ConfigReader reader = new ConfigReader(PARTS).ofRuns();
    return reader
        .bind(reader.parse(Configs.FILE, yaml, List.of(overrides)), Trained.class)
        .parts()
        .toString();
  }

  /** Reads a config that is not of a run. */
  private static Trained readConfig(String yaml) {
    ConfigReader reader = new ConfigReader(PARTS);
    return reader.bind(reader.parse(Configs.FILE, yaml, List.of()), Trained.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "smoothing: 0.1 | [cut Cut[smoothing=0.1]]",
        "{smoothing: 0.0, guidance: 0.0} | [cut Cut[smoothing=0.0]]",
        "{smoothing: 0.0, guidance: 0.5} | [cut Cut[smoothing=0.0], guide Guide[weight=0.5]]",
        "{smoothing: 0.1, guidance: 0.5} | [cut Cut[smoothing=0.1], guide Guide[weight=0.5]]",
        "{smoothing: 0.0, guidance: 0.0, risk: {metric: ser}} | [risk Risk[metric=ser, count=9]]",
        "{smoothing: 0.1, parts: guide} | [guide Guide[weight=1.0], cut Cut[smoothing=0.1]]",
        "{smoothing: 0.1, risk: } | [cut Cut[smoothing=0.1]]",
      })
  void aListOfComponentsOfARunHasThem(String written, String read) {
    assertThat(inList(written)).isEqualTo(read);
  }

  @Test
  void aNewKeyOfAListWinsOverTheOldOneOfARun() {
    assertThat(inList("smoothing: 0.1", "parts.smoothing=0.2"))
        .isEqualTo("[cut Cut[smoothing=0.2]]");
    assertThat(inList("{smoothing: 0.1, guidance: 0.5}", "parts.smoothing=0.2"))
        .isEqualTo("[cut Cut[smoothing=0.2], guide Guide[weight=0.5]]");
  }

  @Test
  void aConfigIsToldWhatTheListIsNow() {
    String written = "smoothing: 0.1\nguidance: 0\nrisk: {metric: ser, count: 3}\n";
    assertThatThrownBy(() -> readConfig(written))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "line 1  smoothing: this key is now parts: [{type: cut, smoothing: 0.1}]")
        .hasMessageContaining("line 2  guidance: this key is now part of parts: remove it")
        .hasMessageContaining(
            "line 3  risk: this key is now parts: [{type: cut, smoothing: 0.1}, {type: risk,"
                + " metric: ser, count: 3}]");
  }

  @Test
  void aConfigIsToldTheNewNameOfAComponent() {
    String written = "rate: 1\nparts: [guide, {type: slice, smoothing: 0.1}]\n";
    assertThatThrownBy(() -> readConfig(written))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 2  parts[1].type: this tokenizer is now called 'cut'");
  }

  @Test
  void whatIsWrongWithARenamedComponentIsToldToo() {
    String written = "parts: [{type: slice, smoothing: much}]";
    assertThatThrownBy(() -> readConfig(written))
        .hasMessageContaining("2 problems")
        .hasMessageContaining("parts[0].type: this tokenizer is now called 'cut'")
        .hasMessageContaining("parts[0].smoothing: expected a number, got much");
  }

  @Test
  void theConfigOfARunIsReadWithTheNewNameOfAComponent() {
    assertThat(inList("parts: [guide, {type: slice, smoothing: 0.1}]"))
        .isEqualTo("[guide Guide[weight=1.0], cut Cut[smoothing=0.1]]");
  }

  @Test
  void aNewNameMustBeThatOfAComponent() {
    Plugin plugin =
        new Plugin() {
          @Override
          public int apiVersion() {
            return API_VERSION;
          }

          @Override
          public void register(Components components) {
            components.of(Tokenizer.class).renamed("slice", "cut");
          }
        };
    assertThatThrownBy(() -> ComponentRegistry.of(plugin))
        .hasMessageContaining(
            "the tokenizer 'slice' was renamed to 'cut', which has not been added");
  }
}
