package com.example.seq4j;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.seq4j.core.model.Encoder;
import org.seq4j.testkit.EncoderContract;

class FsmnEncoderTest {

  @Nested
  class Layers extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return new FsmnEncoder(new FsmnEncoder.Config(3, 2, 2, 1, 0));
    }
  }

  @Nested
  class Plugged extends PluggedContract {
    Plugged() {
      super(Encoder.class, "fsmn");
    }

    @Override
    protected Map<String, String> requiredKeys() {
      return Map.of("units", "4");
    }

    @Override
    protected Map<String, String> refused() {
      return Map.of("{units: 4, look_back: 0, look_ahead: 0}", "there is no memory");
    }
  }
}
