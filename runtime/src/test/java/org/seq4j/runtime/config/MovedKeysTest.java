package org.seq4j.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.seq4j.runtime.config.Configs.problems;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.plugin.MovedKey;

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
}
