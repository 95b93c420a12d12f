package com.example.seq4j;

import org.junit.jupiter.api.Nested;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.testkit.AttentionContract;

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
  class Plugged extends PluggedContract {
    Plugged() {
      super(AttentionMechanism.class, "window");
    }
  }
}
