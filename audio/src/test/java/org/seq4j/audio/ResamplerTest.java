package org.seq4j.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
  private static final int AMPLITUDE = 10_000;

  /** A tone of one second. */
  private static short[] tone(double frequency, int rate) {
    short[] samples = new short[rate];
    for (int i = 0; i < rate; i++) {
      samples[i] = (short) Math.round(AMPLITUDE * Math.sin(2 * Math.PI * frequency * i / rate));
    }
    return samples;
  }

  @ParameterizedTest
  @CsvSource({"44100, 16000", "8000, 16000", "48000, 16000", "16000, 8000", "11025, 16000"})
  void aToneStaysTheSameTone(int from, int to) {
    short[] expected = tone(440, to);
    short[] found = new Resampler(from, to).resample(tone(440, from));
    assertThat(found).hasSize(to);
    for (int i = to / 10; i < to - to / 10; i++) {
      assertThat((int) found[i]).as("sample %d", i).isCloseTo(expected[i], within(20));
    }
  }

  @Test
  void frequenciesThatTheNewRateCannotHoldAreRemoved() {
    short[] found = new Resampler(44_100, 16_000).resample(tone(10_000, 44_100));
    for (int i = 100; i < found.length - 100; i++) {
      assertThat((int) found[i]).as("sample %d", i).isBetween(-100, 100);
    }
  }

  @Test
  void aTooLoudSumIsClipped() {
    short[] square = new short[2000];
    for (int i = 0; i < square.length; i++) {
      square[i] = i / 100 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
    }
    short[] found = new Resampler(44_100, 16_000).resample(square);
    for (int i = 20; i < 30; i++) { // far from a change of sign
      assertThat((int) found[i]).isGreaterThan(30_000);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 1", "441, 160", "442, 161"})
  void theLengthIsRoundedUp(int samples, int expected) {
    assertThat(new Resampler(44_100, 16_000).resample(new short[samples])).hasSize(expected);
  }

  @Test
  void aFasterSoundIsShorterAndHigher() {
    Waveform faster = new Waveform(tone(400, 16_000), 16_000).atSpeed(1.1);
    assertThat(faster.rate()).isEqualTo(16_000);
    assertThat(faster.seconds()).isCloseTo(1 / 1.1, within(1e-4));
    short[] expected = tone(440, 16_000);
    for (int i = 1000; i < 13_000; i++) {
      assertThat((int) faster.samples()[i]).isCloseTo(expected[i], within(20));
    }
  }
}
