package org.seq4j.audio;

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
}
