package org.seq4j.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.config.key.ComponentKind;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.testkit.AttentionContract;
import org.seq4j.testkit.ContractCoverage;

class AttentionPluginTest {
  private static final List<ComponentRegistry.Entry<AttentionMechanism>> ENTRIES =
      new PluginLoader()
          .classPath()
          .entries(ComponentKind.of(AttentionMechanism.class).orElseThrow());

  @Test
  void isFoundWithItsComponents() {
    assertThat(ENTRIES)
        .extracting(ComponentRegistry.Entry::name)
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
  void saysWhatTheyAre() {
    assertThat(ENTRIES).allSatisfy(entry -> assertThat(entry.doc()).as(entry.name()).endsWith("."));
  }

  @Test
  void areHeldToTheirContract() {
    Set<Class<?>> made = new HashSet<>();
    ENTRIES.forEach(entry -> made.add(made(entry).getClass()));
    assertThat(ContractCoverage.of(AttentionContract.class, "attention", getClass()))
        .<Class<?>>extracting(Object::getClass)
        .hasSameElementsAs(made);
  }

  private static AttentionMechanism made(ComponentRegistry.Entry<AttentionMechanism> entry) {
    ConfigReader reader = new ConfigReader(ComponentRegistry.of());
    Record config =
        reader.bind(reader.parse(Path.of("defaults.yaml"), "{}", List.of()), entry.configType());
    return entry.component(config).create(new ComponentContext(Path.of(".")));
  }
}
