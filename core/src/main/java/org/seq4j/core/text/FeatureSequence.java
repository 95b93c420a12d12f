package org.seq4j.core.text;

import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * A sequence of vectors of equal size: speech features, sound samples, sensor readings. Its numbers
 * are kept as they were given, so that samples of 16 bits take two bytes each.
 */
public final class FeatureSequence implements SequenceData {
  private final int depth;
  private final float[] floats; // empty if the numbers are shorts
  private final short[] shorts; // empty if the numbers are floats

  /**
   * Creates a sequence.
   *
   * @param depth size of a vector, at least 1
   * @param values the numbers, {@code [length, depth]} in row-major order; must not be modified
   * @throws IllegalArgumentException if their number is not a multiple of {@code depth}
   */
  public FeatureSequence(int depth, float[] values) {
    this(depth, values, new short[0]);
  }

  /**
   * Creates a sequence of whole numbers of 16 bits.
   *
   * @param depth size of a vector, at least 1
   * @param values the numbers, {@code [length, depth]} in row-major order; must not be modified
   * @throws IllegalArgumentException if their number is not a multiple of {@code depth}
   */
  public FeatureSequence(int depth, short[] values) {
    this(depth, new float[0], values);
  }

  private FeatureSequence(int depth, float[] floats, short[] shorts) {
    int numbers = floats.length + shorts.length;
    if (depth < 1 || numbers % depth != 0) {
      throw new IllegalArgumentException(
          numbers + " numbers cannot be divided into vectors of " + depth + " numbers each");
    }
    this.depth = depth;
    this.floats = floats;
    this.shorts = shorts;
  }

  /** The size of a vector, at least 1. */
  public int depth() {
    return depth;
  }

  @Override
  public int length() {
    return size() / depth;
  }

  /** The number of all numbers, {@code length * depth}. */
  public int size() {
    return floats.length + shorts.length;
  }

  /** Returns true if the numbers are whole numbers of 16 bits, which take two bytes each. */
  public boolean hasShorts() {
    return shorts.length > 0;
  }

  /**
   * Returns a number.
   *
   * @param index in row-major order: number d of vector t is at {@code t * depth + d}
   */
  public float value(int index) {
    return hasShorts() ? shorts[index] : floats[index];
  }

  /**
   * Returns all numbers, {@code [length, depth]} in row-major order; must not be modified. If they
   * have 16 bits, this is a new array, so that {@link #value} and {@link #copyTo} are better.
   */
  public float[] values() {
    if (!hasShorts()) {
      return floats;
    }
    float[] values = new float[shorts.length];
    copyTo(values, 0);
    return values;
  }

  /**
   * Copies all numbers to an array.
   *
   * @param to the array
   * @param at index of the first copied number in it
   */
  public void copyTo(float[] to, int at) {
    System.arraycopy(floats, 0, to, at, floats.length);
    for (int i = 0; i < shorts.length; i++) {
      to[at + i] = shorts[i];
    }
  }

  /**
   * Copies some vectors.
   *
   * @param start index of the first vector
   * @param end index after the last vector
   */
  public FeatureSequence slice(int start, int end) {
    return hasShorts()
        ? new FeatureSequence(depth, Arrays.copyOfRange(shorts, start * depth, end * depth))
        : new FeatureSequence(depth, Arrays.copyOfRange(floats, start * depth, end * depth));
  }

  @Override
  public FeatureSequence truncate(int maxLength) {
    return length() <= maxLength ? this : slice(0, maxLength);
  }

  /** Copies the vectors to one array each. */
  public List<float[]> rows() {
    return IntStream.range(0, length()).mapToObj(t -> slice(t, t + 1).values()).toList();
  }

  /** Writes each vector as text, numbers separated by spaces; parsing it gives equal numbers. */
  public List<String> texts() {
    return IntStream.range(0, length()).mapToObj(this::text).toList();
  }

  private String text(int t) {
    StringJoiner numbers = new StringJoiner(" ");
    for (int d = 0; d < depth; d++) {
      numbers.add(Float.toString(value(t * depth + d)));
    }
    return numbers.toString();
  }

  /** Writes all vectors as one text, separated by semicolons: {@code 0.5 -1.0; 0.25 0.002}. */
  public String text() {
    return String.join("; ", texts());
  }

  /** Compares the numbers, of 16 bits or not. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureSequence that
        && depth == that.depth
        && size() == that.size()
        && IntStream.range(0, size()).allMatch(i -> Float.compare(value(i), that.value(i)) == 0);
  }

  @Override
  public int hashCode() {
    int hash = depth;
    for (int i = 0; i < size(); i++) {
      hash = 31 * hash + Float.hashCode(value(i));
    }
    return hash;
  }

  @Override
  public String toString() {
    return text();
  }
}
