package com.example.seq4j;

import org.junit.jupiter.api.Nested;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.testkit.AttentionContract;
import org.seq4j.testkit.PluginContract;

class CosineAttentionTest {

  @Nested
  class Mechanism extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return new CosineAttention(new CosineAttention.Config(2));
    }
  }

  @Nested
  class Plugged extends PluginContract {
    @Override
    protected Plugin plugin() {
      return new ExamplePlugin();
    }

    @Override
    protected Class<?> kind() {
      return AttentionMechanism.class;
    }

    @Override
    protected String name() {
      return "cosine";
    }
  }
}
