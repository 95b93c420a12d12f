package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.CellFactory;
import org.seq4j.core.model.DecoderContract;
import org.seq4j.core.model.DecoderFactory;
import org.seq4j.core.model.EncoderContract;
import org.seq4j.core.model.EncoderFactory;
import org.seq4j.core.plugin.ContractCoverage;

class FactoriesTest {

  @Test
  void areFoundByTheirNames() {
    assertThat(ServiceLoader.load(CellFactory.class))
        .extracting(factory -> factory.name())
        .containsExactly("lstm", "gru", "min-gru", "rnn");
    assertThat(ServiceLoader.load(EncoderFactory.class))
        .extracting(factory -> factory.name())
        .containsExactly("rnn", "pyramidal", "convolutional", "mean");
    assertThat(ServiceLoader.load(DecoderFactory.class))
        .extracting(factory -> factory.name())
        .containsExactly("rnn");
  }

  /** Cells are held to their papers, and to the contracts of the layers around them. */
  @Test
  void areHeldToTheirContracts() {
    assertThat(ContractCoverage.of(EncoderContract.class, "encoder", getClass()))
        .containsExactlyInAnyOrder(
            RnnEncoder.class, PyramidalEncoder.class, ConvolutionalEncoder.class, MeanEncoder.class)
        .hasSameSizeAs(ServiceLoader.load(EncoderFactory.class).stream().toList());
    assertThat(ContractCoverage.of(DecoderContract.class, "decoder", getClass()))
        .containsExactly(RnnDecoder.class)
        .hasSameSizeAs(ServiceLoader.load(DecoderFactory.class).stream().toList());
  }
}
