package org.seq4j.testkit;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.Decoder;

/** The interfaces are not for recurrence alone. */
class OtherDecodersTest {
  private static final int DEPTH = 2;

  @Nested
  class CausalConvolution extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return new CausalConvolutionDecoder(inputDepth(), 4);
    }
  }

  @Nested
  class SelfAttention extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return new SelfAttentionDecoder(4);
    }
  }

  @Test
  void aDecoderWhoseStateGrowsIsSearchedWith() {
    DecoderSearch.scoresAreThoseOfTeacherForcing(new SelfAttentionDecoder(4), DEPTH);
  }

  @Test
  void aDecoderWhoseStateGrowsIsSearchedWithInTheGraph() {
    DecoderSearch.graphFindsTheSame(new SelfAttentionDecoder(4), DEPTH);
  }

  @Test
  void aDecoderWhoseStateGrowsReadsItsOwnTokensInTraining() {
    DecoderSearch.readsItsOwnTokensInTraining(new SelfAttentionDecoder(4), DEPTH);
  }

  @Test
  void aConvolutionalDecoderIsSearchedWith() {
    DecoderSearch.scoresAreThoseOfTeacherForcing(new CausalConvolutionDecoder(DEPTH, 4), DEPTH);
  }
}
