package org.seq4j.audio;

import java.util.Arrays;
import org.seq4j.core.text.FeatureSequence;

/** Sound as the sequence that a model reads: a position is a block of 5 ms of samples. */
final class SoundBlocks {

  /** The number of blocks in a second. */
  static final int PER_SECOND = 200;

  private static final double SMALLEST_POWER = 1e-10; // -100 dB, below a step of 16 bits

  private SoundBlocks() {}

  /**
   * Divides a sound into blocks; the last samples, less than a block, are left out.
   *
   * @param sound its rate is a multiple of {@link #PER_SECOND}
   */
  static FeatureSequence of(Waveform sound) {
    int depth = sound.rate() / PER_SECOND;
    short[] samples = sound.samples();
    return new FeatureSequence(depth, Arrays.copyOf(samples, samples.length / depth * depth));
  }

  /** Joins blocks to a sound. */
  static Waveform sound(FeatureSequence blocks) {
    short[] samples = new short[blocks.size()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) blocks.value(i);
    }
    return new Waveform(samples, blocks.depth() * PER_SECOND);
  }

  /**
   * Measures the loudness of each block, in decibels below the loudest possible: the power of its
   * samples around their mean over the whole sound.
   */
  static float[] loudness(FeatureSequence blocks) {
    int depth = blocks.depth();
    double mean = 0;
    for (int i = 0; i < blocks.size(); i++) {
      mean += blocks.value(i) / blocks.size();
    }
    float[] loudness = new float[blocks.length()];
    for (int t = 0; t < loudness.length; t++) {
      double power = 0;
      for (int i = t * depth; i < (t + 1) * depth; i++) {
        double relative = (blocks.value(i) - mean) / -Short.MIN_VALUE;
        power += relative * relative / depth;
      }
      loudness[t] = (float) (10 * Math.log10(Math.max(power, SMALLEST_POWER)));
    }
    return loudness;
  }
}
