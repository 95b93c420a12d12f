package org.seq4j.transformer;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.seq4j.core.layers.FeedForward.Activation;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Encoder;
import org.seq4j.testkit.DecoderContract;
import org.seq4j.testkit.EncoderContract;

/** Encoders and decoders with each scheme of positions, both norms and groups of heads. */
class TransformerContractsTest {

  abstract static class OfEncoder extends EncoderContract {
    private final TransformerEncoder.Config config;

    OfEncoder(PositionEncoding positions, Norm norm, Activation activation, int keyHeads) {
      config =
          new TransformerEncoder.Config(
              8,
              2,
              4,
              Optional.of(keyHeads),
              Optional.of(6),
              activation,
              norm,
              positions,
              3,
              Optional.of(2),
              false,
              0,
              0,
              0);
    }

    @Override
    protected Encoder encoder() {
      return new TransformerEncoder(config);
    }
  }

  abstract static class OfDecoder extends DecoderContract {
    private final TransformerDecoder.Config config;

    OfDecoder(PositionEncoding positions, Norm norm, Activation activation, int keyHeads) {
      this(positions, norm, activation, keyHeads, SelfAttentionType.MULTI_HEAD);
    }

    OfDecoder(
        PositionEncoding positions,
        Norm norm,
        Activation activation,
        int keyHeads,
        SelfAttentionType selfAttention) {
      config =
          new TransformerDecoder.Config(
              4,
              1, // with more, some gradients are too small for finite differences
              2,
              Optional.of(keyHeads),
              selfAttention,
              Optional.of(6),
              activation,
              norm,
              positions,
              3,
              Optional.of(2),
              true,
              0,
              0,
              0,
              Optional.empty());
    }

    @Override
    protected Decoder decoder() {
      return new TransformerDecoder(config);
    }
  }

  @Nested
  class SinusoidalEncoder extends OfEncoder {
    SinusoidalEncoder() {
      super(PositionEncoding.SINUSOIDAL, Norm.PRE, Activation.GELU, 2);
    }
  }

  @Nested
  class LearnedEncoder extends OfEncoder {
    LearnedEncoder() {
      super(PositionEncoding.LEARNED, Norm.POST, Activation.GELU, 2);
    }
  }

  @Nested
  class RotaryEncoder extends OfEncoder {
    RotaryEncoder() {
      super(PositionEncoding.ROTARY, Norm.PRE, Activation.SWIGLU, 2);
    }
  }

  @Nested
  class RelativeEncoder extends OfEncoder {
    RelativeEncoder() {
      super(PositionEncoding.RELATIVE, Norm.POST, Activation.GELU, 2);
    }
  }

  @Nested
  class T5Encoder extends OfEncoder {
    T5Encoder() {
      super(PositionEncoding.T5, Norm.PRE, Activation.GELU, 1);
    }
  }

  @Nested
  class SinusoidalDecoder extends OfDecoder {
    SinusoidalDecoder() {
      super(PositionEncoding.SINUSOIDAL, Norm.POST, Activation.GELU, 2);
    }
  }

  @Nested
  class LearnedDecoder extends OfDecoder {
    LearnedDecoder() {
      super(PositionEncoding.LEARNED, Norm.PRE, Activation.GELU, 2);
    }
  }

  @Nested
  class RotaryDecoder extends OfDecoder {
    RotaryDecoder() {
      super(PositionEncoding.ROTARY, Norm.POST, Activation.SWIGLU, 1);
    }
  }

  @Nested
  class RelativeDecoder extends OfDecoder {
    RelativeDecoder() {
      super(PositionEncoding.RELATIVE, Norm.PRE, Activation.GELU, 2);
    }
  }

  @Nested
  class T5Decoder extends OfDecoder {
    T5Decoder() {
      super(PositionEncoding.T5, Norm.POST, Activation.GELU, 1);
    }
  }

  @Nested
  class SsruDecoder extends OfDecoder {
    SsruDecoder() {
      super(PositionEncoding.SINUSOIDAL, Norm.PRE, Activation.GELU, 2, SelfAttentionType.SSRU);
    }
  }

  @Nested
  class LearnedSsruDecoder extends OfDecoder {
    LearnedSsruDecoder() {
      super(PositionEncoding.LEARNED, Norm.POST, Activation.GELU, 1, SelfAttentionType.SSRU);
    }
  }
}
