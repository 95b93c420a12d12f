package org.seq4j.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.core.layers.Normalizer;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.plugin.ComponentRegistry;

/** The records as they are read from a file. */
class ConfigKeysTest {

  private static <C extends Record> C read(Class<C> type, String text) {
    ConfigReader reader = new ConfigReader(ComponentRegistry.of());
    return reader.bind(reader.parse(Path.of("attention.yaml"), text, List.of()), type);
  }

  @Test
  void everyKeyHasADefault() {
    assertThat(read(LuongAttention.Config.class, "{}"))
        .isEqualTo(new LuongAttention.Config(LuongScore.GENERAL, Normalizer.SOFTMAX));
    assertThat(read(BahdanauAttention.Config.class, "{}"))
        .isEqualTo(new BahdanauAttention.Config(Optional.empty(), false, Normalizer.SOFTMAX));
  }

  @Test
  void everyKeyIsRead() {
    assertThat(read(LuongAttention.Config.class, "{score: concat, normalizer: sparsemax}"))
        .isEqualTo(new LuongAttention.Config(LuongScore.CONCAT, Normalizer.SPARSEMAX));
    assertThat(read(BahdanauAttention.Config.class, "{units: 7, normed: true}"))
        .isEqualTo(new BahdanauAttention.Config(Optional.of(7), true, Normalizer.SOFTMAX));
  }

  @Test
  void anotherScoreIsRefused() {
    assertThatThrownBy(() -> read(LuongAttention.Config.class, "score: cosine"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("dot, scaled-dot")
        .hasMessageContaining("concat");
  }

  @Test
  void valuesOutOfBoundsAreRefused() {
    assertThatThrownBy(() -> read(BahdanauAttention.Config.class, "units: 0"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("units");
  }
}
