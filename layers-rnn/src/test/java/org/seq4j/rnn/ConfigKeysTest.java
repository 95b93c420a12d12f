package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.plugin.ComponentRegistry;

/** The records as they are read from a file. */
class ConfigKeysTest {

  private static <C extends Record> C read(Class<C> type, String text) {
    ConfigReader reader =
        new ConfigReader(ComponentRegistry.of(new RnnPlugin(), new CoveringAttention.Covering()));
    return reader.bind(reader.parse(Path.of("rnn.yaml"), text, List.of()), type);
  }

  @Test
  void anEncoderNeedsItsUnitsOnly() {
    RnnEncoder.Config config = read(RnnEncoder.Config.class, "units: 8");
    assertThat(config.cell().type()).isEqualTo("lstm");
    assertThat(config.cell().config()).isEqualTo(new LstmCell.Config(1, false, false));
    assertThat(config)
        .isEqualTo(
            new RnnEncoder.Config(
                config.cell(), 8, 1, false, Optional.empty(), Merge.CONCAT, 0, 0, 0, false));
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
                0,
                false,
                Optional.empty(),
                RnnDecoderConfig.Attend.AFTER,
                Optional.empty(),
                Optional.empty(),
                RnnDecoderConfig.Bridge.DENSE,
                RnnDecoderConfig.DeepOutput.NONE));
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
            recurrent_dropout: 0.1
            residual: true
            attention: {type: covering, stateful: true}
            attend: after
            input_feeding: false
            bridge: zero
            deep_output: maxout
            """);
    assertThat(config.cell().config()).isEqualTo(new GruCell.Config(false));
    assertThat(config.attention().orElseThrow().type()).isEqualTo("covering");
    assertThat(config)
        .isEqualTo(
            new RnnDecoderConfig(
                config.cell(),
                8,
                2,
                0.2f,
                0.1f,
                true,
                config.attention(),
                RnnDecoderConfig.Attend.AFTER,
                Optional.of(false),
                Optional.empty(),
                RnnDecoderConfig.Bridge.ZERO,
                RnnDecoderConfig.DeepOutput.MAXOUT));
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
  void everyKeyOfAnEncoderIsRead() {
    RnnEncoder.Config config =
        read(
            RnnEncoder.Config.class,
            """
            units: 8
            layers: 3
            bidirectional: true
            bidirectional_layers: 1
            merge: sum
            dropout: 0.1
            output_dropout: 0.2
            recurrent_dropout: 0.3
            residual: true
            """);
    assertThat(config)
        .isEqualTo(
            new RnnEncoder.Config(
                config.cell(), 8, 3, true, Optional.of(1), Merge.SUM, 0.1f, 0.2f, 0.3f, true));
  }

  @Test
  void rulesOfEncodersAreTold() {
    assertThatThrownBy(() -> read(RnnEncoder.Config.class, "{units: 8, bidirectional_layers: 1}"))
        .hasMessageContaining("bidirectional_layers needs bidirectional: true");
    assertThatThrownBy(
            () ->
                read(
                    RnnEncoder.Config.class,
                    "{units: 8, bidirectional: true, bidirectional_layers: 2}"))
        .hasMessageContaining("expected at most the number of layers, 1, got 2");
    assertThatThrownBy(() -> read(ConvolutionalEncoder.Config.class, "{units: 8, width: 4}"))
        .hasMessageContaining("width: expected an odd number");
    assertThatThrownBy(() -> read(MeanEncoder.Config.class, "{width: 2}"))
        .hasMessageContaining("width: expected an odd number");
  }

  @Test
  void valuesOutOfBoundsAreRefused() {
    assertThatThrownBy(() -> read(RnnEncoder.Config.class, "{units: 0, layers: 0, dropout: 1.0}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("units")
        .hasMessageContaining("layers")
        .hasMessageContaining("dropout");
  }
}
