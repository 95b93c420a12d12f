package org.seq4j.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.core.layers.FeedForward.Activation;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.plugin.ComponentRegistry;

/** The records as they are read from a file. */
class TransformerConfigTest {

  private static <C extends Record> C read(Class<C> type, String text) {
    ConfigReader reader = new ConfigReader(ComponentRegistry.of(new TransformerPlugin()));
    return reader.bind(reader.parse(Path.of("transformer.yaml"), text, List.of()), type);
  }

  @Test
  void anEncoderNeedsItsUnitsOnly() {
    assertThat(read(TransformerEncoder.Config.class, "units: 8"))
        .isEqualTo(
            new TransformerEncoder.Config(
                8,
                6,
                4,
                Optional.empty(),
                Optional.empty(),
                Activation.RELU,
                Norm.PRE,
                PositionEncoding.SINUSOIDAL,
                512,
                Optional.empty(),
                false,
                0,
                0,
                0));
  }

  @Test
  void everyKeyOfADecoderIsRead() {
    assertThat(
            read(
                TransformerDecoder.Config.class,
                """
                units: 8
                layers: 3
                heads: 2
                key_value_heads: 1
                self_attention: multi-head
                feed_forward: 5
                activation: swiglu
                norm: post
                positions: t5
                max_positions: 7
                max_distance: 9
                scale_embedding: true
                dropout: 0.1
                attention_dropout: 0.2
                activation_dropout: 0.3
                alignment_layer: 3
                """))
        .isEqualTo(
            new TransformerDecoder.Config(
                8,
                3,
                2,
                Optional.of(1),
                SelfAttentionType.MULTI_HEAD,
                Optional.of(5),
                Activation.SWIGLU,
                Norm.POST,
                PositionEncoding.T5,
                7,
                Optional.of(9),
                true,
                0.1f,
                0.2f,
                0.3f,
                Optional.of(3)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{units: 9, heads: 2} | units: expected a multiple of heads, which is 2, got 9",
        "{units: 8, key_value_heads: 3} | key_value_heads: expected a divisor of heads, which is 4, got 3",
        "{units: 8, self_attention: ssru, positions: rotary} | positions: rotary needs self_attention: multi-head; with ssru, use sinusoidal or learned",
        "{units: 8, layers: 2, alignment_layer: 3} | alignment_layer: expected at most the number of layers, 2, got 3",
      })
  void sizesThatDoNotFitAreRefused(String text, String message) {
    assertThatThrownBy(() -> read(TransformerDecoder.Config.class, text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{units: 9, heads: 3} | units: expected an even number for positions: sinusoidal, got 9",
        "{units: 9, heads: 3, positions: rotary} | units: expected an even number for each head for positions: rotary, got 3",
      })
  void oddSizesHaveNoPairs(String text, String message) {
    TransformerEncoder.Config config = read(TransformerEncoder.Config.class, text);
    assertThatThrownBy(() -> new TransformerEncoder(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
