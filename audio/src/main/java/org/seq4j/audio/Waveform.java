package org.seq4j.audio;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Sound of one channel.
 *
 * @param samples the amplitudes, -32768 to 32767; must not be modified
 * @param rate samples per second, in Hz
 */
@SuppressWarnings("ArrayRecordComponent") // many samples: no wrapper around each number
record Waveform(short[] samples, int rate) {

  /** The duration in seconds. */
  double seconds() {
    return samples.length / (double) rate;
  }

  /** Returns this sound at another rate. */
  Waveform at(int newRate) {
    return newRate == rate
        ? this
        : new Waveform(new Resampler(rate, newRate).resample(samples), newRate);
  }

  /**
   * Returns this sound played faster or slower; pitch changes with it (Ko et al. 2015, "Audio
   * augmentation for speech recognition").
   *
   * @param speed 1.1 shortens the sound by a factor of 1.1
   */
  Waveform atSpeed(double speed) {
    int played = (int) Math.round(rate * speed);
    return played == rate
        ? this
        : new Waveform(new Resampler(played, rate).resample(samples), rate);
  }

  /**
   * Returns this sound with white noise, whose samples are normally distributed. Sums beyond 16
   * bits become the greatest or the least sample.
   *
   * @param ratio power of the sound, without its mean, over that of the noise, in dB
   */
  Waveform withNoise(double ratio, RandomGenerator random) {
    double mean = IntStream.range(0, samples.length).map(i -> samples[i]).average().orElse(0);
    double power =
        IntStream.range(0, samples.length)
            .mapToDouble(i -> (samples[i] - mean) * (samples[i] - mean))
            .average()
            .orElse(0);
    double deviation = Math.sqrt(power) * Math.pow(10, -ratio / 20);
    short[] noisy = new short[samples.length];
    for (int i = 0; i < noisy.length; i++) {
      long sum = Math.round(samples[i] + deviation * random.nextGaussian());
      noisy[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sum));
    }
    return new Waveform(noisy, rate);
  }
}
