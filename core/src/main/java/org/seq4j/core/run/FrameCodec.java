package org.seq4j.core.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.seq4j.core.model.SequenceSpace;
import org.seq4j.core.text.Frames;
import org.seq4j.core.text.Token;

/**
 * A side of vectors. A line holds a sequence of them with semicolons between, and their numbers
 * with spaces between: {@code 0.5 -1; 0.25 2e-3}.
 *
 * @param depth how many numbers a vector has
 * @param maxLength how many vectors a source is cut at
 */
public record FrameCodec(int depth, int maxLength) implements SequenceCodec {

  @Override
  public SequenceSpace space() {
    return SequenceSpace.ofVectors(depth);
  }

  @Override
  public List<String> symbols(String line) {
    return split(line);
  }

  @Override
  public List<Token> tokens(String line) {
    check(line); // so that none is empty
    List<Token> tokens = new ArrayList<>();
    int from = 0;
    for (String vector : split(line)) {
      int start = line.indexOf(vector, from);
      tokens.add(new Token(vector, start, start + vector.length()));
      from = start + vector.length();
    }
    return tokens;
  }

  /** The vectors of a line, as they stand there. */
  public static List<String> split(String line) {
    return line.isBlank()
        ? List.of()
        : Arrays.stream(line.split(";", -1)).map(String::strip).toList();
  }

  @Override
  public void check(String line) {
    encode(symbols(line));
  }

  @Override
  public Frames encode(List<String> vectors) {
    float[] values = new float[Math.multiplyExact(vectors.size(), depth)];
    for (int t = 0; t < vectors.size(); t++) {
      float[] numbers = numbers(vectors.get(t), "vector " + (t + 1));
      if (numbers.length != depth) {
        throw new SequenceFormatException(
            "vector %d: expected %d numbers, as depth says, got %d"
                .formatted(t + 1, depth, numbers.length));
      }
      System.arraycopy(numbers, 0, values, t * depth, depth);
    }
    return new Frames(depth, values);
  }

  /**
   * The numbers of a vector.
   *
   * @param name of it, for messages
   * @throws SequenceFormatException if there is something else
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
   * The numbers of vectors, whatever their sizes.
   *
   * @throws SequenceFormatException if there is something else
   */
  public static List<float[]> vectors(List<String> vectors) {
    List<float[]> all = new ArrayList<>();
    for (String vector : vectors) {
      all.add(numbers(vector, "vector " + (all.size() + 1)));
    }
    return all;
  }

  /** Vectors as they stand in a line, which gives exactly the same ones when it is read. */
  public static List<String> texts(Frames frames) {
    List<String> texts = new ArrayList<>();
    for (int t = 0; t < frames.length(); t++) {
      StringJoiner numbers = new StringJoiner(" ");
      for (int d = 0; d < frames.depth(); d++) {
        numbers.add(Float.toString(frames.values()[t * frames.depth() + d]));
      }
      texts.add(numbers.toString());
    }
    return texts;
  }

  /** A line of vectors. */
  public static String line(List<String> vectors) {
    return String.join("; ", vectors);
  }
}
