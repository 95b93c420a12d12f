package org.seq4j.runtime.config.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.Cell;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.config.key.ConfigDescription.Entry;

class ConfigDescriptionTest {
  private enum Unit {
    SEQUENCES,
    TARGET_TOKENS
  }

  private record Layer(@Key(doc = "The size.", min = 1, shorthand = true) int units) {}

  private record Config(
      @Key(doc = "How fast it learns.", defaultValue = "0.001", min = 0) float learningRate,
      @Key(doc = "", min = 0, max = 1) Optional<Double> useBPEDropout,
      boolean fast,
      List<Path> files,
      Unit unit,
      Map<String, String> labels,
      Layer layer,
      List<Layer> layers,
      Component<Cell> cell) {}

  private record Tree(List<Tree> children) {}

  private static final List<Entry> KEYS = ConfigDescription.of(Config.class).keys();

  @Test
  void namesKeysInOrder() {
    assertThat(KEYS)
        .extracting(Entry::name)
        .containsExactly(
            "learning_rate",
            "use_bpe_dropout",
            "fast",
            "files",
            "unit",
            "labels",
            "layer",
            "layers",
            "cell");
  }

  @Test
  void saysTypesInWords() {
    assertThat(KEYS)
        .extracting(Entry::type)
        .containsExactly(
            "number, at least 0",
            "number from 0 to 1",
            "true or false",
            "list of paths",
            "one of sequences, target-tokens",
            "map from names to texts",
            "map",
            "list of maps",
            "cell");
  }

  @Test
  void tellsDefaultsAndMeaning() {
    assertThat(KEYS.get(0).defaultValue()).contains("0.001");
    assertThat(KEYS.get(0).doc()).isEqualTo("How fast it learns.");
  }

  @Test
  void isRequiredWithoutADefaultUnlessOptional() {
    assertThat(KEYS.stream().limit(3).map(Entry::required)).containsExactly(false, false, true);
  }

  @Test
  void nestsRecordsAndListsOfThem() {
    Entry units =
        new Entry(
            "units",
            "whole number, at least 1",
            true,
            Optional.empty(),
            Optional.empty(),
            "The size.",
            true,
            Optional.empty(),
            List.of());
    assertThat(KEYS.get(6).nested()).containsExactly(units);
    assertThat(KEYS.get(7).nested()).containsExactly(units);
  }

  @Test
  void tellsTheKindOfComponents() {
    assertThat(KEYS.get(8).kind().map(ComponentKind::name)).contains("cell");
  }

  @Test
  void endsWhereRecordsContainThemselves() {
    assertThat(ConfigDescription.of(Tree.class).keys().get(0).nested()).isEmpty();
  }
}
