package org.seq4j.runtime.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.Token;
import org.seq4j.runtime.model.batch.SequenceSpace;

/**
 * Reads sequences of vectors. As text, semicolons separate vectors and spaces their numbers: {@code
 * 0.5 -1; 0.25 2e-3}.
 *
 * @param depth size of a vector
 * @param maxLength maximum number of vectors of a source, which is truncated to it
 */
public record FeatureCodec(int depth, int maxLength) implements SequenceCodec {

  @Override
  public SequenceSpace space() {
    return SequenceSpace.ofVectors(depth);
  }

  @Override
  public VectorsValue read(ExampleValue value) {
    if (value instanceof VectorsValue vectors) {
      if (vectors.vectors().depth() != depth && vectors.vectors().length() > 0) {
        throw wrongDepth(1, vectors.vectors().depth());
      }
      return vectors;
    }
    String line = ((TextValue) value).text();
    return new VectorsValue(encode(split(line)), Optional.of(line));
  }

  @Override
  public FeatureSequence encode(ExampleValue value) {
    return read(value).vectors();
  }

  @Override
  public List<String> tokens(ExampleValue value) {
    return value instanceof VectorsValue vectors && vectors.written().isEmpty()
        ? vectors.vectors().texts()
        : split(value.text());
  }

  @Override
  public List<Token> tokenize(ExampleValue value) {
    String text = value.text();
    List<Token> tokens = new ArrayList<>();
    int from = 0;
    for (String vector : tokens(value)) {
      int start = text.indexOf(vector, from);
      tokens.add(new Token(vector, start, start + vector.length()));
      from = start + vector.length();
    }
    return tokens;
  }

  @Override
  public int length(ExampleValue value) {
    return read(value).vectors().length();
  }

  @Override
  public List<String> tokens(String line) {
    return split(line);
  }

  /** Splits a line into vectors without parsing their numbers. */
  private static List<String> split(String line) {
    return line.isBlank()
        ? List.of()
        : Arrays.stream(line.split(";", -1)).map(String::strip).toList();
  }

  @Override
  public FeatureSequence encode(List<String> vectors) {
    float[] values = new float[Math.multiplyExact(vectors.size(), depth)];
    for (int t = 0; t < vectors.size(); t++) {
      float[] numbers = numbers(vectors.get(t), "vector " + (t + 1));
      if (numbers.length != depth) {
        throw wrongDepth(t + 1, numbers.length);
      }
      System.arraycopy(numbers, 0, values, t * depth, depth);
    }
    return new FeatureSequence(depth, values);
  }

  private SequenceFormatException wrongDepth(int vector, int found) {
    return new SequenceFormatException(
        String.format(
            Locale.ROOT, "vector %d: expected %d numbers (depth), got %d", vector, depth, found));
  }

  /**
   * Parses the numbers of a vector.
   *
   * @param name name of the vector, for messages
   * @throws SequenceFormatException if the text has anything but numbers
   */
  public static float[] numbers(String vector, String name) {
    String[] fields = vector.isBlank() ? new String[0] : vector.strip().split("\\s+", -1);
    float[] numbers = new float[fields.length];
    for (int i = 0; i < fields.length; i++) {
      try {
        numbers[i] = Float.parseFloat(fields[i]);
      } catch (NumberFormatException e) {
        throw new SequenceFormatException(
            "%s: expected a number, got '%s'".formatted(name, fields[i]), e);
      }
      if (!Float.isFinite(numbers[i])) {
        throw new SequenceFormatException(
            "%s: expected a finite number, got %s".formatted(name, fields[i]));
      }
    }
    return numbers;
  }

  /**
   * Parses the numbers of vectors, which may differ in size.
   *
   * @throws SequenceFormatException if a text has anything but numbers
   */
  public static List<float[]> vectors(List<String> vectors) {
    List<float[]> all = new ArrayList<>();
    for (String vector : vectors) {
      all.add(numbers(vector, "vector " + (all.size() + 1)));
    }
    return all;
  }
}
