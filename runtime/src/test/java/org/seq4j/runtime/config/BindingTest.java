package org.seq4j.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seq4j.runtime.config.Configs.bind;
import static org.seq4j.runtime.config.Configs.problems;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.plugin.Key;

class BindingTest {
  private record Layer(
      @Key(doc = "The size.", min = 1, shorthand = true) int units,
      @Key(doc = "How much is dropped.", defaultValue = "0.5", min = 0, max = 1) float dropOut) {
    private Layer {
      if (units < 4 && dropOut > 0) {
        throw new IllegalArgumentException("a layer of less than 4 units cannot drop any");
      }
    }
  }

  private record One(Layer layer) {}

  private record Columns(@Key(doc = "Which.", shorthand = true) List<Integer> columns) {}

  private record Lists(
      List<Layer> layers, @Key(doc = "", defaultValue = "[]") List<String> names) {}

  private record Named(Map<String, Layer> layers) {}

  private record Maybe(
      Optional<Integer> limit,
      @Key(doc = "", defaultValue = "1.0", min = 0) Optional<Float> clipNorm) {}

  private record Defaults(
      @Key(doc = "", defaultValue = "64") Layer layer,
      @Key(doc = "", defaultValue = "{units: 8, drop_out: 0}") Layer other,
      @Key(doc = "", defaultValue = "../x") Path path) {}

  private record Empty() {}

  private record Outer(@Key(doc = "", defaultValue = "{}") Empty empty) {}

  private record Wrong(Object anything) {}

  private record WrongDefault(@Key(doc = "", defaultValue = "[1") List<Integer> list) {}

  @Test
  void bindsNestedRecords() {
    assertThat(bind(One.class, "layer: {units: 8, drop_out: 0.1}"))
        .isEqualTo(new One(new Layer(8, 0.1f)));
  }

  @Test
  void aBareValueStandsForARecord() {
    assertThat(bind(One.class, "layer: 8")).isEqualTo(new One(new Layer(8, 0.5f)));
  }

  @Test
  void aListStandsForARecordOfAList() {
    assertThat(bind(Columns.class, "columns: [0, 2]")).isEqualTo(new Columns(List.of(0, 2)));
  }

  @Test
  void aBareValueDoesNotStandForOtherRecords() {
    assertThat(problems(Outer.class, "empty: 3")).isEqualTo("line 1  empty: expected a map, got 3");
    assertThat(problems(Lists.class, "layers: []\nnames: {}\n"))
        .isEqualTo("line 2  names: expected text, got a map");
  }

  @Test
  void aSingleValueIsAListOfOne() {
    assertThat(bind(Lists.class, "layers: 8\nnames: x\n"))
        .isEqualTo(new Lists(List.of(new Layer(8, 0.5f)), List.of("x")));
  }

  @Test
  void saysWhichItemIsWrong() {
    assertThat(problems(Lists.class, "layers:\n  - 8\n  - units: 0\n  - x\n"))
        .isEqualTo(
            """
            experiments/test.yaml: 2 problems
              line 3  layers[1].units: expected a whole number, at least 1, got 0
              line 4  layers[2].units: expected a whole number, got x""");
  }

  @Test
  void bindsMapsInTheirOrder() {
    assertThat(bind(Named.class, "layers: {b: 8, a: {units: 9}}").layers().keySet())
        .containsExactly("b", "a");
  }

  @Test
  void saysWhichEntryOfAMapIsWrong() {
    assertThat(problems(Named.class, "layers:\n  a: 8\n  b: {}\n"))
        .isEqualTo(
            "line 3  layers.b.units: missing. Expected a whole number, at least 1. The size.");
  }

  @Test
  void refusesOtherThingsThanMaps() {
    assertThat(problems(Named.class, "layers: [a]"))
        .isEqualTo("line 1  layers: expected a map from names to maps, got a list");
  }

  @Test
  void optionalKeysMayBeLeftOut() {
    assertThat(bind(Maybe.class, "{}")).isEqualTo(new Maybe(Optional.empty(), Optional.of(1f)));
  }

  @Test
  void nullTurnsAnOptionalDefaultOff() {
    assertThat(bind(Maybe.class, "clip_norm: null").clipNorm()).isEmpty();
  }

  @Test
  void boundsHoldInsideOptionals() {
    assertThat(problems(Maybe.class, "clip_norm: -1"))
        .isEqualTo("line 1  clip_norm: expected a number, at least 0, got -1");
  }

  @Test
  void bindsDefaults() {
    assertThat(bind(Defaults.class, "{}"))
        .isEqualTo(
            new Defaults(new Layer(64, 0.5f), new Layer(8, 0f), Path.of("x").toAbsolutePath()));
  }

  @Test
  void aGivenRecordDoesNotMixWithTheDefault() {
    assertThat(bind(Defaults.class, "other: {units: 5}").other()).isEqualTo(new Layer(5, 0.5f));
  }

  @Test
  void aRecordWithoutAValueHasEveryKeyLeftOut() {
    assertThat(bind(Outer.class, "empty:\n")).isEqualTo(new Outer(new Empty()));
  }

  @Test
  void aKeyWithoutAValueIsNotItsDefault() {
    assertThat(problems(One.class, "layer:\n  units: 8\n  drop_out:\n"))
        .isEqualTo(
            "line 3  layer.drop_out: expected a number from 0 to 1, got nothing. Remove the key to use its default, 0.5");
  }

  @Test
  void aRequiredKeyWithoutAValueIsAProblem() {
    assertThat(problems(One.class, "layer:\n  units: ~\n"))
        .isEqualTo("line 2  layer.units: expected a whole number, at least 1, got nothing");
  }

  @Test
  void missingKeysAreSaidAtTheirMap() {
    assertThat(problems(One.class, "# comment\nlayer:\n  drop_out: 0\n"))
        .isEqualTo("line 2  layer.units: missing. Expected a whole number, at least 1. The size.");
  }

  @Test
  void aMisspeltKeyIsNotAlsoMissing() {
    assertThat(problems(One.class, "layer: {unit: 8}"))
        .isEqualTo("line 1  layer.unit: unknown key. Did you mean 'units'?");
  }

  @Test
  void keysMayDifferInHyphensOnly() {
    assertThat(problems(One.class, "layer: {units: 8, drop-out: 0}"))
        .isEqualTo("line 1  layer.drop-out: unknown key. Did you mean 'drop_out'?");
  }

  @Test
  void aKeyThatIsGivenIsNotMeantByAnother() {
    assertThat(problems(One.class, "layer: {units: 8, unit: 9}"))
        .isEqualTo("line 1  layer.unit: unknown key. Known: units, drop_out");
  }

  @Test
  void aRecordMayHaveNoKeys() {
    assertThat(problems(Outer.class, "empty: {x: 1}"))
        .isEqualTo("line 1  empty.x: unknown key. There are none here");
  }

  @Test
  void rulesAcrossKeysAreSaidAtTheRecord() {
    assertThat(problems(One.class, "\nlayer:\n  units: 3\n"))
        .isEqualTo("line 2  layer: a layer of less than 4 units cannot drop any");
  }

  @Test
  void typesThatCannotBeKeysAreTheProgrammersMistake() {
    assertThatThrownBy(() -> bind(Wrong.class, "anything: 1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "%s.anything: java.lang.Object cannot be the type of a config key; see ConfigReader for the supported types",
            Wrong.class.getName());
  }

  @Test
  void defaultsThatAreNotYamlAreTheProgrammersMistake() {
    assertThatThrownBy(() -> bind(WrongDefault.class, "{}"))
        .isInstanceOf(ComponentException.WrongResult.class)
        .hasMessageStartingWith(
            "the default of %s.list, [1: not valid YAML: ", WrongDefault.class.getName());
  }

  @Test
  void bindsAPartOfAFile() {
    ConfigReader reader = Configs.reader();
    ConfigTree tree =
        reader.parse(Configs.FILE, "layer: 8\ndata: {x: 1, x: 2, y: '${NO}'}\n", List.of());
    assertThat(reader.bind(tree.only(Set.of("layer")), One.class))
        .isEqualTo(new One(new Layer(8, 0.5f)));
  }

  @Test
  void placesProblemsThatTheProgramFinds() {
    ConfigTree tree =
        Configs.reader().parse(Configs.FILE, "a: 1\ndata:\n  train:\n    file: x\n", List.of());
    ConfigProblem given = tree.problem("data.train[0].file", "there is no such file");
    ConfigProblem defaulted = tree.problem("data.train[0].lines", "too few");
    assertThat(new ConfigException(tree.file(), List.of(given, defaulted)))
        .hasMessage(
            """
            experiments/test.yaml: 2 problems
              line 3  data.train[0].lines: too few
              line 4  data.train[0].file: there is no such file""");
  }
}
