package org.seq4j.trainer.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.plugin.ComponentRegistry;

final class SweepConfigTest {
  private static SweepConfig read(String yaml) {
    ConfigReader reader = new ConfigReader(ComponentRegistry.builder().build());
    return reader.bind(reader.parse(Path.of("sweep.yaml"), yaml, List.of()), SweepConfig.class);
  }

  @Test
  void aGridIsEveryCombination() {
    SweepConfig sweep =
        read(
            "config: a.yaml\nchoices: {model.units: [8, 16], seed: 3, x.cell: ['{type: gru}', b]}");
    assertThat(sweep.values())
        .containsExactly(
            Map.of("model.units", "8", "seed", "3", "x.cell", "{type: gru}"),
            Map.of("model.units", "8", "seed", "3", "x.cell", "b"),
            Map.of("model.units", "16", "seed", "3", "x.cell", "{type: gru}"),
            Map.of("model.units", "16", "seed", "3", "x.cell", "b"));
    assertThat(sweep.keys()).containsExactly("model.units", "seed", "x.cell");
  }

  @Test
  void drawsAreInTheRangesAndSpreadAsTheScaleSays() {
    String yaml =
        """
        config: a.yaml
        search: random
        trials: %d
        choices: {cell: [lstm, gru]}
        ranges:
          rate: {from: 0.0001, to: 0.1, scale: log}
          units: {from: 1, to: 4, whole: true}
          dropout: {from: 0, to: 0.5}
        """;
    List<Map<String, String>> values = read(yaml.formatted(2000)).values();
    assertThat(values)
        .allSatisfy(
            trial -> {
              assertThat(Double.parseDouble(trial.get("rate"))).isBetween(0.0001, 0.1);
              assertThat(trial.get("rate")).doesNotContain("E");
              assertThat(Integer.parseInt(trial.get("units"))).isBetween(1, 4);
              assertThat(Double.parseDouble(trial.get("dropout"))).isBetween(0.0, 0.5);
            });
    // A third of three decades in each; half of a straight range in each half.
    assertThat(share(values, trial -> Double.parseDouble(trial.get("rate")) < 0.001))
        .isBetween(0.29, 0.37);
    assertThat(share(values, trial -> Double.parseDouble(trial.get("dropout")) < 0.25))
        .isBetween(0.46, 0.54);
    assertThat(share(values, trial -> trial.get("cell").equals("gru"))).isBetween(0.46, 0.54);
    // More trials begin with the same ones.
    assertThat(read(yaml.formatted(5)).values()).isEqualTo(values.subList(0, 5));
  }

  private static double share(
      List<Map<String, String>> values, java.util.function.Predicate<Map<String, String>> test) {
    return values.stream().filter(test).count() / (double) values.size();
  }

  @Test
  void whatCannotBeSweptIsRefused() {
    assertRefused("config: a.yaml", "nothing to vary");
    assertRefused("config: a.yaml\nranges: {a: {from: 0, to: 1}}", "search: grid needs choices");
    assertRefused("config: a.yaml\nchoices: {a: []}", "a has no values");
    assertRefused(
        "config: a.yaml\nsearch: random\nranges: {a: {from: 0, to: 1, scale: log}}",
        "above 0 for scale: log");
    assertRefused(
        "config: a.yaml\nsearch: random\nchoices: {a: 1}\nranges: {a: {from: 2, to: 3}}",
        "a is in choices, too");
    assertRefused("choices: {a: 1}", "config");
  }

  private static void assertRefused(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }
}
