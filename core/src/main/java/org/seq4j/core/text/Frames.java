package org.seq4j.core.text;

import java.util.Arrays;

/**
 * Vectors of one size: speech features, the readings of sensors. Compared by identity of the array.
 *
 * @param depth how many numbers a vector has
 * @param values vector after vector
 */
@SuppressWarnings("ArrayRecordComponent") // many of these: no wrapper around each number
public record Frames(int depth, float[] values) implements SequenceData {

  /** Checks that there are whole vectors. */
  public Frames {
    if (depth < 1 || values.length % depth != 0) {
      throw new IllegalArgumentException(
          values.length + " numbers are no vectors of " + depth + " each");
    }
  }

  @Override
  public int length() {
    return values.length / depth;
  }

  @Override
  public Frames cut(int most) {
    return length() <= most ? this : new Frames(depth, Arrays.copyOf(values, most * depth));
  }
}
