package org.seq4j.trainer.data.corpus;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.seq4j.core.text.FeatureSequence;

/**
 * An array in NumPy's file format, versions 1 to 3 (NumPy reference, "numpy.lib.format").
 *
 * @param shape the size of each axis
 * @param values the values, in row-major order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NumpyArray(int[] shape, float[] values) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr': *'([<>|=])([fiu])([1248])'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order': *(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]*)\\)");
  private static final int LONGEST_HEADER = 1 << 20;

  /**
   * Reads an array.
   *
   * @throws IllegalArgumentException if it is not a NumPy array, or of an unsupported type
   */
  public static NumpyArray read(InputStream in) throws IOException {
    byte[] start = exactly(in, MAGIC.length + 2);
    if (!Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC)) {
      throw new IllegalArgumentException(
          "is not a NumPy array: its first bytes are not those of the format");
    }
    int version = start[MAGIC.length];
    ByteBuffer size =
        ByteBuffer.wrap(exactly(in, version == 1 ? 2 : 4)).order(ByteOrder.LITTLE_ENDIAN);
    int length = version == 1 ? Short.toUnsignedInt(size.getShort()) : size.getInt();
    if (version < 1 || version > 3 || length < 0 || length > LONGEST_HEADER) {
      throw new IllegalArgumentException("is of an unknown version of NumPy's format: " + version);
    }
    String header = new String(exactly(in, length), StandardCharsets.UTF_8);
    int[] shape = shape(header);
    Matcher type = TYPE.matcher(header);
    if (!type.find()) {
      throw new IllegalArgumentException(
          "expected numbers of type f4, f8 or integers, got " + header.strip());
    }
    return new NumpyArray(shape, values(in, type, count(shape)));
  }

  /** Writes the array in version 1 of the format, as 32-bit floats. */
  public void write(OutputStream out) throws IOException {
    String sizes =
        Arrays.stream(shape).mapToObj(size -> size + ",").collect(Collectors.joining(" "));
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + sizes + "), }";
    int start = MAGIC.length + 4;
    int padding = 63 - (start + header.length()) % 64; // with the newline, a multiple of 64
    byte[] line = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    out.write(MAGIC);
    out.write(new byte[] {1, 0, (byte) line.length, (byte) (line.length >> 8)});
    out.write(line);
    ByteBuffer numbers =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    numbers.asFloatBuffer().put(values);
    out.write(numbers.array());
  }

  private static int[] shape(String header) {
    Matcher order = ORDER.matcher(header);
    if (!order.find() || order.group(1).equals("True")) {
      throw new IllegalArgumentException(
          "is in Fortran order; save it after numpy.ascontiguousarray");
    }
    Matcher shape = SHAPE.matcher(header);
    if (!shape.find()) {
      throw new IllegalArgumentException("has no shape: " + header.strip());
    }
    return Arrays.stream(shape.group(1).split(",", -1))
        .map(String::strip)
        .filter(axis -> !axis.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static int count(int[] shape) {
    try {
      return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("is too large: " + Arrays.toString(shape), e);
    }
  }

  private static float[] values(InputStream in, Matcher type, int count) throws IOException {
    int bytes = Integer.parseInt(type.group(3));
    boolean floating = type.group(2).equals("f");
    if (floating && bytes < 4) {
      throw new IllegalArgumentException("expected numbers of type f4 or f8, got f" + bytes);
    }
    ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    boolean unsigned = type.group(2).equals("u");
    float[] values = new float[count];
    int most = 1 << 16; // max numbers at a time
    for (int from = 0; from < count; from += most) {
      int some = Math.min(most, count - from);
      ByteBuffer buffer = ByteBuffer.wrap(exactly(in, some * bytes)).order(order);
      for (int i = 0; i < some; i++) {
        values[from + i] = floating ? floating(buffer, bytes) : whole(buffer, bytes, unsigned);
        if (!Float.isFinite(values[from + i])) {
          throw new IllegalArgumentException(
              "expected finite numbers, got " + values[from + i] + " as number " + (from + i));
        }
      }
    }
    return values;
  }

  private static float floating(ByteBuffer buffer, int bytes) {
    return bytes == 4 ? buffer.getFloat() : (float) buffer.getDouble();
  }

  private static float whole(ByteBuffer buffer, int bytes, boolean unsigned) {
    return switch (bytes) {
      case 1 -> unsigned ? Byte.toUnsignedInt(buffer.get()) : buffer.get();
      case 2 -> unsigned ? Short.toUnsignedInt(buffer.getShort()) : buffer.getShort();
      case 4 -> unsigned ? Integer.toUnsignedLong(buffer.getInt()) : buffer.getInt();
      default -> buffer.getLong();
    };
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  /**
   * Returns the sequences of vectors in the array.
   *
   * @throws IllegalArgumentException if the array does not have two or three axes
   */
  List<FeatureSequence> sequences() {
    if ((shape.length != 2 && shape.length != 3) || shape[shape.length - 1] == 0) {
      throw new IllegalArgumentException(
          "expected an array [sequences, vectors, numbers] or [vectors, numbers], got "
              + Arrays.toString(shape));
    }
    if (shape.length == 2) {
      return List.of(new FeatureSequence(shape[1], values));
    }
    int size = shape[1] * shape[2];
    List<FeatureSequence> all = new ArrayList<>();
    for (int i = 0; i < shape[0]; i++) {
      all.add(new FeatureSequence(shape[2], Arrays.copyOfRange(values, i * size, (i + 1) * size)));
    }
    return all;
  }
}
