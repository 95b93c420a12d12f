package org.seq4j.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.AttentionFactory;

class FactoriesTest {

  @Test
  void areFoundByTheirNames() {
    assertThat(ServiceLoader.load(AttentionFactory.class))
        .extracting(factory -> factory.name())
        .containsExactly(
            "bahdanau",
            "luong",
            "local-m",
            "local-p",
            "monotonic",
            "location-aware",
            "coverage",
            "multi-head",
            "none");
  }

  @Test
  void sayWhatTheyAre() {
    assertThat(ServiceLoader.load(AttentionFactory.class))
        .allSatisfy(factory -> assertThat(factory.doc()).as(factory.name()).endsWith("."));
  }
}
