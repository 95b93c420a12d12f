package org.seq4j.audio;

import org.seq4j.core.text.FeatureSequence;

/** Sound as the sequence that a model reads: a position is a block of 5 ms of samples. */
final class SoundBlocks {

  /** The number of blocks in a second. */
  static final int PER_SECOND = 200;

  private SoundBlocks() {}

  /**
   * Divides a sound into blocks; the last samples, less than a block, are left out.
   *
   * @param sound its rate is a multiple of {@link #PER_SECOND}
   */
  static FeatureSequence of(Waveform sound) {
    int depth = sound.rate() / PER_SECOND;
    float[] values = new float[sound.samples().length / depth * depth];
    for (int i = 0; i < values.length; i++) {
      values[i] = sound.samples()[i];
    }
    return new FeatureSequence(depth, values);
  }

  /** Joins blocks to a sound. */
  static Waveform sound(FeatureSequence blocks) {
    short[] samples = new short[blocks.values().length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) blocks.values()[i];
    }
    return new Waveform(samples, blocks.depth() * PER_SECOND);
  }
}
