package org.seq4j.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.Cell;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Key;

/** Config records that a program makes and changes. */
class ConfigRecordsTest {

  enum Colour {
    DARK_RED,
    BLUE
  }

  record Inner(
      @Key(doc = "A number.", defaultValue = "2", min = 1) int count,
      @Key(doc = "A text.") Optional<String> text) {}

  record Outer(
      @Key(doc = "A colour.", defaultValue = "blue") Colour colour,
      @Key(doc = "A section.", defaultValue = "{}") Inner inner,
      @Key(doc = "A section that may be absent.") Optional<Inner> maybe,
      @Key(doc = "Texts.", defaultValue = "[]") List<String> texts,
      @Key(doc = "Cells.", defaultValue = "[]") List<Component<Cell>> cells) {}

  record Demanding(@Key(doc = "A number.") int number) {}

  private static final Outer DEFAULT = ConfigRecords.defaults(Outer.class);

  private static Outer with(String key, Object value) {
    return ConfigRecords.with(DEFAULT, key, value, "outer");
  }

  @Test
  void aRecordHasItsDefaults() {
    assertThat(DEFAULT)
        .isEqualTo(
            new Outer(
                Colour.BLUE,
                new Inner(2, Optional.empty()),
                Optional.empty(),
                List.of(),
                List.of()));
  }

  @Test
  void aRecordWithARequiredKeyHasNone() {
    assertThatThrownBy(() -> ConfigRecords.defaults(Demanding.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("number: missing. Expected a whole number. A number.");
  }

  @Test
  void oneValueIsChangedByItsPath() {
    assertThat(with("colour", Colour.DARK_RED).colour()).isEqualTo(Colour.DARK_RED);
    assertThat(with("colour", "dark-red").colour()).isEqualTo(Colour.DARK_RED);
    assertThat(with("inner.count", 7).inner()).isEqualTo(new Inner(7, Optional.empty()));
    assertThat(with("texts", List.of("1", "${A}")).texts()).containsExactly("1", "${A}");
  }

  @Test
  void aMapChangesTheKeysThatItHas() {
    Outer first = with("inner.text", "a");
    Outer second =
        ConfigRecords.with(
            first, Map.of("inner", Map.of("count", 5), "maybe", Map.of("text", "b")), "outer");
    assertThat(second.inner()).isEqualTo(new Inner(5, Optional.of("a")));
    assertThat(second.maybe()).contains(new Inner(2, Optional.of("b")));
    assertThat(ConfigRecords.with(second, "maybe.count", 9, "outer").maybe())
        .contains(new Inner(9, Optional.of("b")));
  }

  @Test
  void nullIsNothing() {
    Outer full = ConfigRecords.with(with("inner.text", "a"), "maybe", Map.of(), "outer");
    assertThat(ConfigRecords.with(full, "inner.text", null, "outer").inner().text()).isEmpty();
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("maybe", Optional.empty());
    nothing.put("inner", null);
    assertThat(ConfigRecords.with(full, nothing, "outer")).isEqualTo(DEFAULT);
  }

  @Test
  void recordsAndComponentsAreTakenAsTheyAre() {
    Component<Cell> cell = Component.of(Cell.class, "gru", new Configs.GruConfig(), keys -> null);
    Outer changed =
        ConfigRecords.with(
            DEFAULT,
            Map.of("maybe", new Inner(4, Optional.empty()), "cells", List.of(cell)),
            "outer");
    assertThat(changed.maybe()).contains(new Inner(4, Optional.empty()));
    assertThat(changed.cells()).containsExactly(cell);
    assertThat(ConfigRecords.with(changed, "inner.count", 3, "outer").cells())
        .containsExactly(cell);
  }

  @Test
  void everythingThatIsWrongIsToldWithItsPath() {
    assertThatThrownBy(
            () ->
                ConfigRecords.with(
                    DEFAULT,
                    Map.of(
                        "inner",
                        Map.of("count", 0, "text", 5),
                        "color",
                        "blue",
                        "texts",
                        Arrays.asList("a", null),
                        "maybe",
                        new Demanding(1)),
                    "outer"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("5 problems")
        .hasMessageContaining("outer.inner.count: expected a whole number, at least 1, got 0")
        .hasMessageContaining("outer.inner.text: expected text, got the number 5")
        .hasMessageContaining("outer.color: unknown key. Did you mean 'colour'?")
        .hasMessageContaining("outer.texts[1]: expected text, got nothing")
        .hasMessageContaining("outer.maybe: expected a map with the keys count, text, got Dem");
  }

  @Test
  void whatIsNotADefaultIsListed() {
    Outer changed =
        ConfigRecords.with(
            DEFAULT,
            Map.of("colour", Colour.DARK_RED, "inner", Map.of("text", "a"), "maybe", Map.of()),
            "outer");
    assertThat(ConfigRecords.changes(changed))
        .containsExactly(
            new ConfigRecords.Change("colour", "dark-red", Optional.of("blue")),
            new ConfigRecords.Change("inner.text", "a", Optional.empty()),
            new ConfigRecords.Change("maybe", "{count: 2, text: nothing}", Optional.empty()));
    assertThat(ConfigRecords.changes(DEFAULT)).isEmpty();
  }
}
