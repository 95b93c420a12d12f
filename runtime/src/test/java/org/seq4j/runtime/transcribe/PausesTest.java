package org.seq4j.runtime.transcribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PausesTest {

  @Test
  void pausesAreFoundWhereTheyAre() {
    Pauses pauses = Sounds.of(60, 100, 40, 100, 80);
    List<Range> found = pauses.in(new Range(0, 380));
    int[][] expected = {{0, 60}, {160, 200}, {300, 380}};
    assertThat(found).hasSize(3);
    for (int i = 0; i < 3; i++) { // loudness is averaged over 5 positions
      assertThat(found.get(i).start()).isCloseTo(expected[i][0], within(3));
      assertThat(found.get(i).end()).isCloseTo(expected[i][1], within(3));
    }
    assertThat(pauses.firstSound(new Range(0, 380)).getAsInt()).isCloseTo(60, within(3));
    assertThat(pauses.lastSound(new Range(0, 380)).getAsInt()).isCloseTo(299, within(3));
    assertThat(pauses.firstSound(new Range(170, 190))).isEmpty();
  }

  @Test
  void aWordInALongSilenceIsHeard() {
    Pauses pauses = Sounds.of(100_000, 120, 100_000);
    assertThat(pauses.isSilent()).isFalse();
    assertThat(pauses.firstSound(new Range(0, pauses.length())).getAsInt())
        .isCloseTo(100_000, within(3));
  }

  @Test
  void silenceIsSilentAndHasNothingElse() {
    assertThat(Sounds.of(400).isSilent()).isTrue();
    assertThat(Sounds.of(400).firstSound(new Range(0, 400))).isEmpty();
    assertThat(new Pauses(new float[0], 200).isSilent()).isTrue();
  }

  @Test
  void noiseIsUniformAndHasNoPauses() {
    Random random = new Random(1);
    float[] loudness = new float[1000];
    for (int i = 0; i < loudness.length; i++) {
      loudness[i] = -20 + (float) random.nextGaussian();
    }
    Pauses pauses = new Pauses(loudness, 200);
    assertThat(pauses.isUniform()).isTrue();
    assertThat(pauses.isSilent()).isFalse();
    assertThat(pauses.in(new Range(0, 1000))).isEmpty();
  }

  @Test
  void speechOverNoiseIsNotUniform() {
    float[] loudness = new float[1000];
    Arrays.fill(loudness, -40);
    Arrays.fill(loudness, 300, 600, -20);
    assertThat(new Pauses(loudness, 200).isUniform()).isFalse();
  }
}
