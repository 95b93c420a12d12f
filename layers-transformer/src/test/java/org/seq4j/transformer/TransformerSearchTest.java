package org.seq4j.transformer;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seq4j.core.layers.FeedForward.Activation;
import org.seq4j.testkit.DecoderSearch;

/** Searches with keys and values that grow, and with a recurrent state. */
class TransformerSearchTest {
  private static final int DEPTH = 4;

  private static TransformerDecoder decoder(PositionEncoding positions) {
    return decoder(positions, SelfAttentionType.MULTI_HEAD);
  }

  private static TransformerDecoder ssru() {
    return decoder(PositionEncoding.SINUSOIDAL, SelfAttentionType.SSRU);
  }

  private static TransformerDecoder decoder(
      PositionEncoding positions, SelfAttentionType selfAttention) {
    return new TransformerDecoder(
        new TransformerDecoder.Config(
            DEPTH,
            2,
            2,
            Optional.of(1),
            selfAttention,
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

  @Test
  void scoresOfARecurrenceAreThoseOfTeacherForcing() {
    DecoderSearch.scoresAreThoseOfTeacherForcing(ssru(), DEPTH);
  }

  @Test
  void aSearchInTheGraphFindsTheSameWithARecurrence() {
    DecoderSearch.graphFindsTheSame(ssru(), DEPTH);
  }

  @Test
  void readsItsOwnTokensWithARecurrence() {
    DecoderSearch.readsItsOwnTokensInTraining(ssru(), DEPTH);
  }
}
