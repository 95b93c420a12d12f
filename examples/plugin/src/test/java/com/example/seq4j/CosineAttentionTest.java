package com.example.seq4j;

import org.junit.jupiter.api.Nested;
import org.seq4j.core.model.AttentionContract;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.ComponentFactory;
import org.seq4j.core.plugin.PluginContract;

class CosineAttentionTest {

  @Nested
  class Mechanism extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return new CosineAttention(new CosineConfig(2));
    }
  }

  @Nested
  class Plugin extends PluginContract {
    @Override
    protected ComponentFactory<?, ?> factory() {
      return new CosineFactory();
    }
  }
}
