package org.seq4j.core.text;

import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * Vectors of one size: speech features, the readings of sensors. Compared by identity of the array.
 *
 * @param depth how many numbers a vector has
 * @param values vector after vector
 */
@SuppressWarnings("ArrayRecordComponent") // many of these: no wrapper around each number
public record FeatureSequence(int depth, float[] values) implements SequenceData {

  /** Checks that there are whole vectors. */
  public FeatureSequence {
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
  public FeatureSequence cut(int most) {
    return length() <= most
        ? this
        : new FeatureSequence(depth, Arrays.copyOf(values, most * depth));
  }

  /** The numbers of each vector. */
  public List<float[]> rows() {
    return IntStream.range(0, length())
        .mapToObj(t -> Arrays.copyOfRange(values, t * depth, (t + 1) * depth))
        .toList();
  }

  /** Each vector as text, its numbers with spaces between, which read again are the same ones. */
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

  /** All vectors as text, with semicolons between: {@code 0.5 -1.0; 0.25 0.002}. */
  public String text() {
    return String.join("; ", texts());
  }
}
