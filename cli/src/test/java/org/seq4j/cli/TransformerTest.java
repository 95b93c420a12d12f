package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Transformer, alone and with other families of layers. */
final class TransformerTest extends LayerFamilyContract {
  private static final String LAYERS =
      "{type: transformer, units: 32, layers: 2, heads: 4, feed_forward: 64}";

  @Override
  String encoder() {
    return LAYERS;
  }

  @Override
  String decoder() {
    return LAYERS;
  }

  /** Each line is an encoder and a decoder. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.encoder=" + LAYERS + " model.decoder={type: rnn, cell: gru, units: 8}",
        "model.encoder={type: pyramidal, units: 8, layers: 2} model.decoder=" + LAYERS
      })
  void familiesCanBeMixed(String settings) {
    int decoder = settings.indexOf(" model.decoder=");
    Path mixed = folder.resolve("mixed-" + Integer.toHexString(settings.hashCode()));
    CommandRun trained =
        CommandRun.of(
            "train",
            config,
            "--run",
            mixed,
            "--set",
            "training.max_steps=2",
            "--set",
            settings.substring(0, decoder),
            "--set",
            settings.substring(decoder + 1));
    assertTrained(trained);
    CommandRun translated = CommandRun.withInput("abc\n", "translate", mixed);
    assertThat(translated.status()).as(translated.err()).isZero();
    assertThat(translated.out()).endsWith("\n");
  }

  @Test
  void aBridgeThatDoesNotFitIsAnErrorOfTheConfig() {
    CommandRun check =
        CommandRun.of(
            "check",
            config,
            "--set",
            "model.decoder={type: rnn, cell: gru, units: 8, layers: 2, bridge: copy}");
    assertThat(check.status()).isEqualTo(3);
    assertThat(check.err())
        .contains("bridge: copy needs equal states of encoder and decoder")
        .contains("use bridge: dense");
  }
}
