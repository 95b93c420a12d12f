package org.seq4j.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.seq4j.core.config.ConfigReader;
import org.seq4j.core.model.AttentionContract;
import org.seq4j.core.model.AttentionFactory;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentRegistry;
import org.seq4j.core.plugin.ContractCoverage;

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

  @Test
  void areHeldToTheirContract() {
    Set<Class<?>> made = new HashSet<>();
    for (AttentionFactory<?> factory : ServiceLoader.load(AttentionFactory.class)) {
      made.add(made(factory).getClass());
    }
    assertThat(ContractCoverage.of(AttentionContract.class, "attention", getClass()))
        .containsExactlyInAnyOrderElementsOf(made);
  }

  private static <C extends Record> AttentionMechanism made(AttentionFactory<C> factory) {
    ConfigReader reader = new ConfigReader(ComponentRegistry.of());
    return factory.create(
        reader.bind(reader.parse(Path.of("defaults.yaml"), "{}", List.of()), factory.configType()),
        new ComponentContext(Path.of(".")));
  }
}
