package org.seq4j.runtime.transcribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.seq4j.runtime.error.RequestException;

class SoundPartsTest {
  private static final int READABLE = 1000;

  private static List<Range> parts(Pauses pauses, Cutting cutting) {
    return SoundParts.of(pauses, cutting, READABLE, Sounds.PER_SECOND);
  }

  @Test
  void whatTheModelReadsIsOnePart() {
    assertThat(parts(Sounds.of(100, 400, 200, 300), Cutting.DEFAULT))
        .containsExactly(new Range(0, 1000));
  }

  @Test
  void aLongSoundIsCutInItsPauses() {
    List<Range> parts = parts(Sounds.of(100, 300, 100, 350, 100, 200, 100), Cutting.DEFAULT);
    assertThat(parts).hasSize(3);
    int[][] sounds = {{100, 400}, {500, 850}, {950, 1150}};
    for (int i = 0; i < 3; i++) {
      assertThat(parts.get(i).start()).isBetween(sounds[i][0] - 60, sounds[i][0] - 30);
      assertThat(parts.get(i).end()).isBetween(sounds[i][1] + 30, sounds[i][1] + 60);
    }
  }

  @Test
  void quietAtBothEndsOfPartsIsLeftOut() {
    List<Range> parts = parts(Sounds.of(4000, 100, 4000), Cutting.DEFAULT);
    assertThat(parts).hasSize(1);
    assertThat(parts.get(0).start()).isCloseTo(4000 - 40, within(3));
    assertThat(parts.get(0).end()).isCloseTo(4100 + 40, within(3));
  }

  @Test
  void aSilentSoundHasNoParts() {
    assertThat(parts(Sounds.of(300), Cutting.DEFAULT)).isEmpty();
    assertThat(parts(Sounds.of(3000), Cutting.DEFAULT)).isEmpty();
  }

  @Test
  void withoutPausesASoundIsCutAtItsQuietestPositions() {
    float[] loudness = new float[1200];
    Random random = new Random(2);
    for (int i = 0; i < loudness.length; i++) {
      loudness[i] = -20 + 0.1f * (float) random.nextGaussian() - (i >= 395 && i < 405 ? 2 : 0);
    }
    List<Range> parts = parts(new Pauses(loudness, 200), Cutting.DEFAULT);
    assertThat(parts.get(0).end()).isCloseTo(400, within(5));
    assertCovers(parts, 1200);
  }

  @Test
  void partsNeverOverlapAndAreNeverTooLong() {
    Random random = new Random(3);
    for (int trial = 0; trial < 200; trial++) {
      int[] lengths = random.ints(30, 1, trial % 2 == 0 ? 200 : 900).toArray();
      Pauses pauses = Sounds.of(lengths);
      List<Range> parts = parts(pauses, new Cutting(Optional.of(1.5), 0.1));
      int before = 0;
      for (Range part : parts) {
        assertThat(part.length()).isBetween(1, 300);
        assertThat(part.start()).isGreaterThanOrEqualTo(before);
        assertThat(pauses.firstSound(new Range(before, part.start())))
            .as("nothing but quiet is left out")
            .isEmpty();
        before = part.end();
      }
      assertThat(pauses.firstSound(new Range(before, pauses.length()))).isEmpty();
    }
  }

  private static void assertCovers(List<Range> parts, int length) {
    int at = 0;
    for (Range part : parts) {
      assertThat(part.start()).isEqualTo(at);
      assertThat(part.length()).isLessThanOrEqualTo(READABLE / 2);
      at = part.end();
    }
    assertThat(at).isEqualTo(length);
  }

  @Test
  void partsThatTheModelCannotReadAreRefused() {
    assertThatThrownBy(() -> parts(Sounds.of(9000), new Cutting(Optional.of(5.5), 0.3)))
        .isInstanceOf(RequestException.class)
        .hasMessage(
            "max_part: expected at most 5.00 seconds, what the model reads (source.max_length:"
                + " 1000), got 5.5");
    assertThatThrownBy(() -> new Cutting(Optional.empty(), 0))
        .hasMessage("pause: expected a number of seconds above 0, got 0.0");
    assertThatThrownBy(() -> new Cutting(Optional.of(Double.NaN), 0.3))
        .hasMessage("max_part: expected a number of seconds above 0, got NaN");
  }
}
