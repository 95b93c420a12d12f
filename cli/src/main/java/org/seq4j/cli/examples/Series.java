package org.seq4j.cli.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.data.split.StableHash;
import org.seq4j.trainer.data.split.StableRandom;

/**
 * Readings of ten sensors at twenty times, with noise, and what they are at the twenty times after,
 * without. Behind each sequence are two oscillations of its own frequency, phase and strength,
 * which every sensor sees in proportions of its own.
 */
final class Series implements ExampleData {
  private static final long SEED = 42;
  private static final int TRAIN_PAIRS = 3_000;
  private static final int HELD_OUT_PAIRS = 200;
  private static final int SENSORS = 10;
  private static final int TIMES = 20;
  private static final double NOISE = 0.05;

  @Override
  public String name() {
    return "series";
  }

  @Override
  public String description() {
    return "20 readings of 10 sensors, to be continued by 20: 3,000 pairs to train on";
  }

  @Override
  public void write(Path directory) {
    lines().write(directory);
  }

  static SplitLines lines() {
    return new SplitLines(
        lines(SplitName.TRAIN, TRAIN_PAIRS),
        lines(SplitName.DEV, HELD_OUT_PAIRS),
        lines(SplitName.TEST, HELD_OUT_PAIRS));
  }

  private static List<String> lines(SplitName split, int pairs) {
    double[][] proportions = proportions();
    StableRandom random = new StableRandom(StableHash.of(split.name(), SEED));
    List<String> lines = new ArrayList<>(pairs);
    for (int i = 0; i < pairs; i++) {
      Oscillation first = Oscillation.of(random);
      Oscillation second = Oscillation.of(random);
      lines.add(
          vectors(0, NOISE, first, second, proportions, random)
              + "\t"
              + vectors(TIMES, 0, first, second, proportions, random));
    }
    return lines;
  }

  private static double[][] proportions() {
    StableRandom random = new StableRandom(SEED);
    double[][] proportions = new double[SENSORS][2];
    for (double[] ofSensor : proportions) {
      ofSensor[0] = between(random, -1, 1);
      ofSensor[1] = between(random, -1, 1);
    }
    return proportions;
  }

  private record Oscillation(double perStep, double phase, double strength) {

    static Oscillation of(StableRandom random) {
      return new Oscillation(
          2 * Math.PI * between(random, 0.02, 0.08),
          between(random, 0, 2 * Math.PI),
          between(random, 0.4, 1));
    }

    double at(int time) {
      return strength * StrictMath.sin(perStep * time + phase); // the same on every machine
    }
  }

  private static String vectors(
      int from,
      double noise,
      Oscillation first,
      Oscillation second,
      double[][] proportions,
      StableRandom random) {
    StringJoiner vectors = new StringJoiner("; ");
    for (int time = from; time < from + TIMES; time++) {
      StringJoiner numbers = new StringJoiner(" ");
      for (double[] ofSensor : proportions) {
        double value = ofSensor[0] * first.at(time) + ofSensor[1] * second.at(time);
        numbers.add(String.format(Locale.ROOT, "%.3f", value + between(random, -noise, noise)));
      }
      vectors.add(numbers.toString());
    }
    return vectors.toString();
  }

  private static double between(StableRandom random, double low, double high) {
    return low + (high - low) * (random.nextLong() >>> 11) * 0x1p-53;
  }
}
