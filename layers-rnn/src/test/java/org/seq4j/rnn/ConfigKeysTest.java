package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.core.config.ConfigException;
import org.seq4j.core.config.ConfigReader;
import org.seq4j.core.plugin.ComponentRegistry;

/** The records as they are read from a file. */
class ConfigKeysTest {

  private static <C extends Record> C read(Class<C> type, String text) {
    ConfigReader reader =
        new ConfigReader(
            ComponentRegistry.of(
                new LstmCellFactory(), new GruCellFactory(), new CoveringAttention.Factory()));
    return reader.bind(reader.parse(Path.of("rnn.yaml"), text, List.of()), type);
  }

  @Test
  void anEncoderNeedsItsUnitsOnly() {
    RnnEncoderConfig config = read(RnnEncoderConfig.class, "units: 8");
    assertThat(config.cell().type()).isEqualTo("lstm");
    assertThat(config.cell().config()).isEqualTo(new LstmConfig(1));
    assertThat(config).isEqualTo(new RnnEncoderConfig(config.cell(), 8, 1, false, 0, false));
  }

  @Test
  void aDecoderNeedsItsUnitsOnly() {
    RnnDecoderConfig config = read(RnnDecoderConfig.class, "units: 8");
    assertThat(config)
        .isEqualTo(
            new RnnDecoderConfig(
                config.cell(),
                8,
                1,
                0,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RnnDecoderConfig.Bridge.DENSE));
  }

  @Test
  void everyKeyOfADecoderIsRead() {
    RnnDecoderConfig config =
        read(
            RnnDecoderConfig.class,
            """
            cell: {type: gru, reset_after: false}
            units: 8
            layers: 2
            dropout: 0.2
            residual: true
            attention: {type: covering, sequential: true}
            input_feeding: false
            bridge: zero
            """);
    assertThat(config.cell().config()).isEqualTo(new GruConfig(false));
    assertThat(config.attention().orElseThrow().type()).isEqualTo("covering");
    assertThat(config)
        .isEqualTo(
            new RnnDecoderConfig(
                config.cell(),
                8,
                2,
                0.2f,
                true,
                config.attention(),
                Optional.of(false),
                Optional.empty(),
                RnnDecoderConfig.Bridge.ZERO));
    assertThat(read(RnnDecoderConfig.class, "{units: 8, context: every-step}").context())
        .contains(RnnDecoderConfig.Context.EVERY_STEP);
  }

  @Test
  void aRuleAcrossKeysIsToldWithItsPlace() {
    assertThatThrownBy(() -> read(RnnDecoderConfig.class, "units: 8\ninput_feeding: true"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("rnn.yaml: 1 problem")
        .hasMessageContaining("input_feeding: true needs attention");
  }

  @Test
  void valuesOutOfBoundsAreRefused() {
    assertThatThrownBy(() -> read(RnnEncoderConfig.class, "{units: 0, layers: 0, dropout: 1.0}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("units")
        .hasMessageContaining("layers")
        .hasMessageContaining("dropout");
  }
}
