package org.seq4j.core.text;

import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * A sequence of vectors of equal size: speech features, sensor readings. Equality compares the
 * identity of the array.
 *
 * @param depth size of a vector, at least 1
 * @param values the numbers, {@code [length, depth]} in row-major order
 */
@SuppressWarnings("ArrayRecordComponent") // many instances: no wrapper around each number
public record FeatureSequence(int depth, float[] values) implements SequenceData {

  /**
   * Checks the number of values.
   *
   * @throws IllegalArgumentException if it is not a multiple of {@code depth}
   */
  public FeatureSequence {
    if (depth < 1 || values.length % depth != 0) {
      throw new IllegalArgumentException(
          values.length + " numbers cannot be divided into vectors of " + depth + " numbers each");
    }
  }

  @Override
  public int length() {
    return values.length / depth;
  }

  @Override
  public FeatureSequence truncate(int maxLength) {
    return length() <= maxLength
        ? this
        : new FeatureSequence(depth, Arrays.copyOf(values, maxLength * depth));
  }

  /** Copies the vectors to one array each. */
  public List<float[]> rows() {
    return IntStream.range(0, length())
        .mapToObj(t -> Arrays.copyOfRange(values, t * depth, (t + 1) * depth))
        .toList();
  }

  /** Writes each vector as text, numbers separated by spaces; parsing it gives equal numbers. */
  public List<String> texts() {
    return IntStream.range(0, length()).mapToObj(this::text).toList();
  }

  private String text(int t) {
    StringJoiner numbers = new StringJoiner(" ");
    for (int d = 0; d < depth; d++) {
      numbers.add(Float.toString(values[t * depth + d]));
    }
    return numbers.toString();
  }

  /** Writes all vectors as one text, separated by semicolons: {@code 0.5 -1.0; 0.25 0.002}. */
  public String text() {
    return String.join("; ", texts());
  }
}
