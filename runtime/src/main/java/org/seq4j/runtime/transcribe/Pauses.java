package org.seq4j.runtime.transcribe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * The pauses of a sound, found by its loudness alone: a position is quiet if it is much nearer to
 * the quietest positions of the sound than to its loudest.
 */
final class Pauses {
  private static final double WINDOW = 0.025; // seconds over which loudness is averaged
  private static final double FLOOR = 0.05; // the share of positions that are certainly quiet
  private static final double PEAK = 0.05; // the share that is as loud as the peak, but at most
  private static final double PEAK_TIME = 0.5; // seconds: a single word in a long silence
  private static final double THRESHOLD = 0.35; // from the floor to the peak
  private static final float SILENCE = -60; // decibels; speech is about 40 above it
  private static final float CONTRAST = 6; // decibels between the floor and the peak of speech

  private final float[] loudness;
  private final double perSecond;
  private final float floor;
  private final float peak;

  /**
   * Creates the pauses of a sound.
   *
   * @param loudness decibels of each position
   * @param perSecond the number of positions in a second
   */
  Pauses(float[] loudness, double perSecond) {
    this.loudness = smoothed(loudness, (int) Math.max(1, Math.round(WINDOW * perSecond)));
    this.perSecond = perSecond;
    float[] sorted = this.loudness.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    int louder = (int) Math.min(PEAK * last, PEAK_TIME * perSecond);
    this.floor = last < 0 ? Float.NEGATIVE_INFINITY : sorted[(int) (FLOOR * last)];
    this.peak = last < 0 ? Float.NEGATIVE_INFINITY : sorted[last - louder];
  }

  /** The mean power of the positions around each. */
  private static float[] smoothed(float[] loudness, int window) {
    double[] sums = new double[loudness.length + 1];
    for (int t = 0; t < loudness.length; t++) {
      sums[t + 1] = sums[t] + Math.pow(10, loudness[t] / 10);
    }
    float[] smoothed = new float[loudness.length];
    for (int t = 0; t < smoothed.length; t++) {
      int from = Math.max(0, t - window / 2);
      int to = Math.min(loudness.length, from + window);
      smoothed[t] =
          (float) (10 * Math.log10(Math.max(1e-12, (sums[to] - sums[from]) / (to - from))));
    }
    return smoothed;
  }

  /** The number of positions. */
  int length() {
    return loudness.length;
  }

  /** Returns the number of positions in a time. */
  int positions(double seconds) {
    return (int) Math.round(seconds * perSecond);
  }

  /** Returns true if nothing can be heard. */
  boolean isSilent() {
    return peak < SILENCE;
  }

  /** Returns true if everything is equally loud, as no speech is. */
  boolean isUniform() {
    return peak - floor < CONTRAST;
  }

  /** Returns true if a position is a part of a pause. */
  boolean isQuiet(int position) {
    return isSilent() || (!isUniform() && loudness[position] < floor + THRESHOLD * (peak - floor));
  }

  /** Returns the pauses within a range, in their order. */
  List<Range> in(Range range) {
    List<Range> runs = new ArrayList<>();
    int start = -1;
    for (int t = range.start(); t <= range.end(); t++) {
      boolean quiet = t < range.end() && isQuiet(t);
      if (quiet && start < 0) {
        start = t;
      } else if (!quiet && start >= 0) {
        runs.add(new Range(start, t));
        start = -1;
      }
    }
    return runs;
  }

  /** Returns the quietest position of a range; of equal ones, the first. */
  int quietest(Range range) {
    int best = range.start();
    for (int t = range.start(); t < range.end(); t++) {
      if (loudness[t] < loudness[best]) {
        best = t;
      }
    }
    return best;
  }

  /** Returns the first position of a range that is not quiet. */
  OptionalInt firstSound(Range range) {
    for (int t = range.start(); t < range.end(); t++) {
      if (!isQuiet(t)) {
        return OptionalInt.of(t);
      }
    }
    return OptionalInt.empty();
  }

  /** Returns the last position of a range that is not quiet. */
  OptionalInt lastSound(Range range) {
    for (int t = range.end() - 1; t >= range.start(); t--) {
      if (!isQuiet(t)) {
        return OptionalInt.of(t);
      }
    }
    return OptionalInt.empty();
  }
}
