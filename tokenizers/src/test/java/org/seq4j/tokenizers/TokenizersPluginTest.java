package org.seq4j.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.TokenizerTrainer;
import org.seq4j.runtime.config.key.ComponentKind;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.testkit.ContractCoverage;
import org.seq4j.testkit.TokenizerContract;

class TokenizersPluginTest {
  private static final ComponentRegistry REGISTRY = new PluginLoader().classPath();

  @Test
  void areHeldToTheirContract() {
    assertThat(ContractCoverage.of(TokenizerContract.class, "name", getClass()))
        .isNotEmpty()
        .map(Object::toString)
        .hasSameElementsAs(REGISTRY.names(ComponentKind.of(Tokenizer.class).orElseThrow()));
  }

  @Test
  void trainersAreThere() {
    assertThat(REGISTRY.names(ComponentKind.of(TokenizerTrainer.class).orElseThrow()))
        .containsExactly("bpe", "sentencepiece", "truecase");
  }
}
