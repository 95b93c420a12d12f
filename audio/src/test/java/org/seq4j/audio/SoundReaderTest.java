package org.seq4j.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.seq4j.core.text.FeatureSequence;

class SoundReaderTest {

  private static SoundReader reader(int rate, Double... speeds) {
    return new SoundReader(new SoundReader.Config(rate, List.of(speeds), List.of()));
  }

  private static byte[] sound(int rate, int samples) {
    short[] values = new short[samples];
    for (int i = 0; i < samples; i++) {
      values[i] = (short) i;
    }
    return SoundFileTest.wav(rate, 1, values);
  }

  @Test
  void aPositionIsABlockOfFiveMilliseconds() {
    SoundReader reader = reader(16_000, 1.0);
    FeatureSequence read = reader.read(sound(16_000, 250));
    assertThat(reader.depth()).isEqualTo(80);
    assertThat(read.depth()).isEqualTo(80);
    assertThat(read.length()).isEqualTo(3); // 10 samples are left out
    assertThat(read.value(239)).isEqualTo(239);
    assertThat(read.hasShorts()).isTrue(); // an hour of 16 kHz takes 115 MB
  }

  @Test
  void convertsTheRate() {
    FeatureSequence read = reader(16_000, 1.0).read(sound(8000, 800));
    assertThat(read.depth()).isEqualTo(80);
    assertThat(read.length()).isEqualTo(20);
  }

  @Test
  void trainingChoosesASpeed() {
    SoundReader reader = reader(16_000, 0.8, 1.0);
    FeatureSequence read = reader.read(sound(16_000, 16_000));
    assertThat(reader.isStochastic()).isTrue();
    assertThat(LongStream.range(0, 20).mapToObj(seed -> reader.sample(read, seed).length()))
        .containsOnly(250, 200);
    assertThat(reader.sample(read, 7).values()).isEqualTo(reader.sample(read, 7).values());
    assertThat(reader(16_000, 1.0).isStochastic()).isFalse();
  }

  @Test
  void trainingAddsNoiseOfARandomRatio() {
    SoundReader reader =
        new SoundReader(new SoundReader.Config(8000, List.of(1.0), List.of(10.0, 30.0)));
    assertThat(reader.isStochastic()).isTrue();
    short[] wave = new short[80_000];
    for (int i = 0; i < wave.length; i++) {
      wave[i] = (short) (500 + 8000 * Math.sin(i * 0.3)); // the mean is no part of its power
    }
    FeatureSequence read = reader.read(SoundFileTest.wav(8000, 1, wave));
    double[] ratios =
        LongStream.range(0, 50)
            .mapToDouble(seed -> ratio(read, reader.sample(read, seed)))
            .toArray();
    assertThat(Arrays.stream(ratios).min().orElseThrow()).isBetween(9.9, 12.0);
    assertThat(Arrays.stream(ratios).max().orElseThrow()).isBetween(28.0, 30.1);
    assertThat(Arrays.stream(ratios).average().orElseThrow()).isBetween(17.0, 23.0);
    assertThat(reader.sample(read, 7)).isEqualTo(reader.sample(read, 7));
    assertThat(reader.sample(read, 7)).isNotEqualTo(reader.sample(read, 8));
  }

  /** The power of the sine, in dB above that of what was added. */
  private static double ratio(FeatureSequence sound, FeatureSequence noisy) {
    double noise = 0;
    for (int i = 0; i < sound.size(); i++) {
      double added = noisy.value(i) - sound.value(i);
      noise += added * added / sound.size();
    }
    return 10 * Math.log10(8000.0 * 8000 / 2 / noise);
  }

  /** A silent sound stays one; sums beyond 16 bits do not wrap around. */
  @Test
  void noiseKeepsSilenceAndTheRangeOfSamples() {
    SoundReader reader =
        new SoundReader(new SoundReader.Config(8000, List.of(1.0), List.of(0.0, 0.0)));
    FeatureSequence silence = reader.read(SoundFileTest.wav(8000, 1, new short[800]));
    assertThat(reader.sample(silence, 1)).isEqualTo(silence);
    short[] loud = new short[8000];
    for (int i = 0; i < loud.length; i++) {
      loud[i] = (short) (i / 2000 % 2 == 0 ? 32767 : -32768);
    }
    FeatureSequence read = reader.read(SoundFileTest.wav(8000, 1, loud));
    FeatureSequence noisy = reader.sample(read, 1);
    int turned = 0;
    for (int i = 0; i < loud.length; i++) {
      turned += noisy.value(i) * (double) loud[i] < 0 ? 1 : 0;
    }
    assertThat(turned).isBetween(800, 1800); // a deviation of the amplitude: 16 % are beyond 0
  }

  @Test
  void measuresLoudnessAroundTheMean() {
    short[] values = new short[1600];
    for (int i = 0; i < 800; i++) { // a loud square wave, then nothing, around 1000
      values[i] = (short) (i % 2 == 0 ? 17384 : -15384);
    }
    Arrays.fill(values, 800, 1600, (short) 1000);
    SoundReader reader = reader(16_000, 1.0);
    float[] loudness = reader.loudness(reader.read(SoundFileTest.wav(16_000, 1, values)));
    assertThat(reader.positionsPerSecond()).isEqualTo(200);
    assertThat(loudness).hasSize(20);
    assertThat(loudness[0]).isCloseTo(-6.02f, within(0.02f)); // half of the greatest amplitude
    assertThat(loudness[19]).isEqualTo(-100);
    assertThat(reader.loudness(new FeatureSequence(80, new float[0]))).isEmpty();
  }

  @Test
  void writesWhatItHasRead() {
    SoundReader reader = reader(16_000, 1.0);
    FeatureSequence read = reader.read(sound(16_000, 1600));
    assertThat(reader.read(reader.sound(read)).values()).isEqualTo(read.values());
  }

  /** A small file of a low rate would become a sound that no memory holds. */
  @Test
  void refusesRatesThatAreNone() {
    assertThatThrownBy(() -> reader(16_000, 1.0).read(sound(2, 100)))
        .hasMessage(
            "expected 1 to 32 channels and a whole number of samples per second from 1000 to"
                + " 768000, got 1 and 2.0");
  }

  @Test
  void saysWhatIsNoSound() {
    assertThatThrownBy(() -> reader(16_000, 1.0).read(new byte[] {'G', 'I', 'F', '8'}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a sound file that Seq4j reads (it begins with 'GIF8')");
  }

  @Test
  void rejectsKeysThatCannotWork() {
    assertThatThrownBy(() -> reader(11_025, 1.0))
        .hasMessage("rate: expected a multiple of 200, got 11025");
    assertThatThrownBy(() -> reader(16_000, 1.0, 3.0))
        .hasMessage("speeds: expected one or more numbers from 0.5 to 2, got [1.0, 3.0]");
    assertThatThrownBy(() -> new SoundReader.Config(16_000, List.of(1.0), List.of(40.0, 5.0)))
        .hasMessage(
            "noise: expected the lowest and the highest ratio in dB, such as [5, 40], got [40.0,"
                + " 5.0]");
  }
}
