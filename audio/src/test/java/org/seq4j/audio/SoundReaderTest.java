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
    return new SoundReader(new SoundReader.Config(rate, List.of(speeds)));
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
  }
}
