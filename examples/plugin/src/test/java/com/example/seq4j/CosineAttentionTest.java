package com.example.seq4j;

import org.junit.jupiter.api.Nested;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.testkit.AttentionContract;

class CosineAttentionTest {

  @Nested
  class Mechanism extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return new CosineAttention(new CosineAttention.Config(2));
    }
  }

  @Nested
  class Plugged extends PluggedContract {
    Plugged() {
      super(AttentionMechanism.class, "cosine");
    }
  }
}
