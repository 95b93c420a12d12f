package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Encoder;
import org.seq4j.runtime.config.key.ComponentKind;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.testkit.ContractCoverage;
import org.seq4j.testkit.DecoderContract;
import org.seq4j.testkit.EncoderContract;

class RnnPluginTest {
  private static List<String> names(Class<?> kind) {
    return new PluginLoader()
        .classPath().entries(ComponentKind.of(kind).orElseThrow()).stream()
            .<String>map(ComponentRegistry.Entry::name)
            .toList();
  }

  @Test
  void isFoundWithItsComponents() {
    assertThat(names(Cell.class)).containsExactly("lstm", "gru", "min-gru", "rnn");
    assertThat(names(Encoder.class))
        .containsExactly("rnn", "pyramidal", "convolutional", "mean", "multi-source", "factors");
    assertThat(names(Decoder.class)).containsExactly("rnn", "convolutional");
  }

  /** Cells are held to their papers, and to the contracts of the layers around them. */
  @Test
  void areHeldToTheirContracts() {
    assertThat(ContractCoverage.of(EncoderContract.class, "encoder", getClass()))
        .<Class<?>>extracting(Object::getClass)
        .hasSameElementsAs(
            List.of(
                RnnEncoder.class,
                PyramidalEncoder.class,
                ConvolutionalEncoder.class,
                MeanEncoder.class,
                MultiSourceEncoder.class,
                FactorsEncoder.class));
    assertThat(ContractCoverage.of(DecoderContract.class, "decoder", getClass()))
        .<Class<?>>extracting(Object::getClass)
        .containsOnly(RnnDecoder.class, ConvolutionalDecoder.class);
  }
}
