package org.seq4j.transformer;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seq4j.core.layers.FeedForward.Activation;
import org.seq4j.testkit.DecoderSearch;

/** Searches with keys and values that grow. */
class TransformerSearchTest {
  private static final int DEPTH = 4;

  private static TransformerDecoder decoder(PositionEncoding positions) {
    return new TransformerDecoder(
        new TransformerDecoder.Config(
            DEPTH,
            2,
            2,
            Optional.of(1),
            Optional.empty(),
            Activation.RELU,
            Norm.PRE,
            positions,
            3,
            Optional.of(2),
            false,
            0,
            0,
            0,
            Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource
  void scoresAreThoseOfTeacherForcing(PositionEncoding positions) {
    DecoderSearch.scoresAreThoseOfTeacherForcing(decoder(positions), DEPTH);
  }

  @ParameterizedTest
  @EnumSource
  void aSearchInTheGraphFindsTheSame(PositionEncoding positions) {
    DecoderSearch.graphFindsTheSame(decoder(positions), DEPTH);
  }

  @Test
  void readsItsOwnTokensInTraining() {
    DecoderSearch.readsItsOwnTokensInTraining(decoder(PositionEncoding.RELATIVE), DEPTH);
  }
}
