package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.CellFactory;
import org.seq4j.core.model.DecoderFactory;
import org.seq4j.core.model.EncoderFactory;

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
}
