package com.example.seq4j;

import org.junit.jupiter.api.Nested;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.testkit.AttentionContract;
import org.seq4j.testkit.PluginContract;

class WindowAttentionTest {

  @Nested
  class Mechanism extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return new WindowAttention(new WindowAttention.Config(2, 0.5f));
    }

    /** The Gaussians of eq. 46 are not normalized. */
    @Override
    protected WeightSum weightSum() {
      return WeightSum.ANY;
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
      return "window";
    }
  }
}
