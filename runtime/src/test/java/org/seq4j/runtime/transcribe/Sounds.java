package org.seq4j.runtime.transcribe;

import java.util.Arrays;

/** Loudness of made sounds, 200 positions in a second. */
final class Sounds {
  static final double PER_SECOND = 200;
  static final float QUIET = -70;
  static final float LOUD = -20;

  private Sounds() {}

  /**
   * Returns pauses and sounds in turn, a pause first.
   *
   * @param positions the lengths
   */
  static Pauses of(int... positions) {
    float[] loudness = new float[Arrays.stream(positions).sum()];
    int at = 0;
    for (int i = 0; i < positions.length; i++) {
      Arrays.fill(loudness, at, at + positions[i], i % 2 == 0 ? QUIET : LOUD);
      at += positions[i];
    }
    return new Pauses(loudness, PER_SECOND);
  }
}
