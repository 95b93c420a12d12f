package org.seq4j.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.seq4j.core.plugin.ContractCoverage;
import org.seq4j.core.text.TokenizerContract;
import org.seq4j.core.text.TokenizerFactory;

class FactoriesTest {

  @Test
  void areHeldToTheirContract() {
    Set<Class<?>> factories = new HashSet<>();
    for (TokenizerFactory<?> factory : ServiceLoader.load(TokenizerFactory.class)) {
      factories.add(factory.getClass());
    }
    assertThat(ContractCoverage.of(TokenizerContract.class, "factory", getClass()))
        .containsExactlyInAnyOrderElementsOf(factories);
  }
}
