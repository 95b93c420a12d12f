package org.seq4j.audio;

import java.util.List;
import java.util.SplittableRandom;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.FeatureSequence;

/** Reads sound files as samples of one rate, in blocks of 5 ms. */
public final class SoundReader implements VectorsValue.TimedReader {

  /** The configuration of the reader {@code sound}. */
  public record Config(
      @Key(
              doc = "Samples per second that sounds are converted to, a multiple of 200.",
              defaultValue = "16000",
              min = 200,
              max = 192_000)
          int rate,
      @Key(
              doc =
                  "Speeds of which training chooses one for each sound in each epoch, such as [0.9, 1,"
                      + " 1.1] (Ko et al. 2015). Training data are then read again in each epoch.",
              defaultValue = "[1]")
          List<Double> speeds,
      @Key(
              doc =
                  "The lowest and the highest signal-to-noise ratio, in dB, of white noise that"
                      + " training adds to each sound in each epoch, such as [5, 40]. Training data"
                      + " are then read again in each epoch. Empty: no noise.",
              defaultValue = "[]")
          List<Double> noise) {

    /** Checks the rate, the speeds and the ratios, and copies the lists. */
    public Config {
      speeds = List.copyOf(speeds);
      noise = List.copyOf(noise);
      if (rate % SoundBlocks.PER_SECOND != 0) {
        throw new IllegalArgumentException(
            "rate: expected a multiple of " + SoundBlocks.PER_SECOND + ", got " + rate);
      }
      if (speeds.isEmpty() || speeds.stream().anyMatch(speed -> !(speed >= 0.5 && speed <= 2))) {
        throw new IllegalArgumentException(
            "speeds: expected one or more numbers from 0.5 to 2, got " + speeds);
      }
      if (!noise.isEmpty() && !(noise.size() == 2 && noise.get(0) <= noise.get(1))) {
        throw new IllegalArgumentException(
            "noise: expected the lowest and the highest ratio in dB, such as [5, 40], got "
                + noise);
      }
    }
  }

  private final Config config;

  /** Creates the reader from its configuration. */
  public SoundReader(Config config) {
    this.config = config;
  }

  @Override
  public int depth() {
    return config.rate() / SoundBlocks.PER_SECOND;
  }

  @Override
  public FeatureSequence read(byte[] content) {
    try {
      return SoundBlocks.of(SoundFile.read(content).at(config.rate()));
    } catch (SoundFile.SoundFileException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public FeatureSequence sample(FeatureSequence read, long seed) {
    double speed = config.speeds().get((int) Math.floorMod(seed, (long) config.speeds().size()));
    if (speed == 1 && config.noise().isEmpty()) {
      return read;
    }
    Waveform sound = SoundBlocks.sound(read).atSpeed(speed);
    return SoundBlocks.of(config.noise().isEmpty() ? sound : noisy(sound, seed));
  }

  private Waveform noisy(Waveform sound, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double lowest = config.noise().get(0);
    double ratio = lowest + random.nextDouble() * (config.noise().get(1) - lowest);
    return sound.withNoise(ratio, random);
  }

  @Override
  public boolean isStochastic() {
    return config.speeds().size() > 1 || !config.noise().isEmpty();
  }

  @Override
  public double positionsPerSecond() {
    return SoundBlocks.PER_SECOND;
  }

  @Override
  public float[] loudness(FeatureSequence read) {
    return SoundBlocks.loudness(read);
  }

  @Override
  public byte[] sound(FeatureSequence read) {
    return SoundFile.write(SoundBlocks.sound(read));
  }
}
