package org.seq4j.runtime.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;

/**
 * Reads and writes named arrays of numbers and named texts in a file of the safetensors format
 * (https://github.com/huggingface/safetensors): the length of the header in 8 bytes, the header in
 * JSON, the arrays. Files written by Seq4j have a checksum of the whole file in their metadata.
 */
public final class SafeTensors {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String METADATA = "__metadata__";
  static final String CHECKSUM = "crc32";
  static final String NO_CHECKSUM = "00000000";
  static final String SCALE = ".scale";

  /**
   * An array.
   *
   * @param shape sizes of the axes
   * @param values the numbers in row-major order
   */
  public record Array(long[] shape, float[] values) {}

  /**
   * The content of a file.
   *
   * @param arrays by name
   * @param metadata texts by name
   */
  public record Content(Map<String, Array> arrays, Map<String, String> metadata) {}

  /** The type of the numbers in a file. */
  public enum NumberType {
    /** 32-bit floats, as in memory. */
    F32(4),
    /** The upper 16 bits of 32-bit floats, rounded to nearest, ties to even. */
    BF16(2),
    /**
     * Matrices with at least two rows and columns as 8-bit integers, with a scale for each row or
     * column in an array {@code NAME.scale}; other arrays as 32-bit floats.
     */
    I8(1),
    /** 16-bit IEEE 754 floats; read only. */
    F16(2),
    /** 64-bit floats; read only. */
    F64(8);

    private final int bytes;

    NumberType(int bytes) {
      this.bytes = bytes;
    }

    /** The size of a number in bytes. */
    int bytes() {
      return bytes;
    }
  }

  private SafeTensors() {}

  /**
   * Writes a file atomically.
   *
   * @throws RunException if it cannot be written
   */
  public static void write(Path file, Content content) {
    write(file, content, NumberType.F32);
  }

  /**
   * Writes a file atomically, with numbers of type {@link NumberType#F32}, {@link NumberType#BF16}
   * or {@link NumberType#I8}.
   *
   * @throws RunException if it cannot be written
   * @throws IllegalArgumentException if NaN or infinity is to be written in 8 bits
   */
  public static void write(Path file, Content content, NumberType type) {
    List<Stored> arrays = new ArrayList<>();
    content.arrays().forEach((name, array) -> arrays.addAll(stored(name, array, type)));
    CRC32 checksum = new CRC32();
    checksum.update(header(arrays, content.metadata(), NO_CHECKSUM));
    arrays.forEach(array -> checksum.update(array.bytes().get()));
    byte[] header =
        header(arrays, content.metadata(), String.format(Locale.ROOT, "%08x", checksum.getValue()));
    AtomicFiles.write(
        file,
        out -> {
          byte[] length = new byte[8];
          NumberBytes.littleEndian(length).putLong(header.length);
          out.write(length);
          out.write(header);
          for (Stored array : arrays) {
            out.write(array.bytes().get());
          }
        });
  }

  /** An array as stored in a file; its bytes are computed on demand. */
  private record Stored(String name, long[] shape, NumberType type, Supplier<byte[]> bytes) {

    long length() {
      return Arrays.stream(shape).reduce(1, Math::multiplyExact) * type.bytes;
    }
  }

  private static List<Stored> stored(String name, Array array, NumberType type) {
    switch (type) {
      case F32 -> {
        return List.of(
            new Stored(name, array.shape(), type, () -> NumberBytes.f32(array.values())));
      }
      case BF16 -> {
        return List.of(
            new Stored(name, array.shape(), type, () -> NumberBytes.bf16(array.values())));
      }
      case I8 -> {
        if (!Int8Matrix.isMatrix(array.shape())) {
          return stored(name, array, NumberType.F32);
        }
        Int8Matrix matrix;
        try {
          matrix = Int8Matrix.of(array);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
        Array scales = new Array(matrix.shapeOfScales(), matrix.scales());
        return List.of(
            new Stored(name, array.shape(), type, matrix::values),
            stored(name + SCALE, scales, NumberType.F32).get(0));
      }
      default ->
          throw new IllegalArgumentException(
              "numbers are written as F32, BF16 or I8, not as " + type);
    }
  }

  private static byte[] header(List<Stored> arrays, Map<String, String> texts, String checksum) {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode metadata = header.putObject(METADATA);
    texts.forEach(metadata::put);
    metadata.put(CHECKSUM, checksum);
    long offset = 0;
    for (Stored stored : arrays) {
      ObjectNode array = header.putObject(stored.name());
      array.put("dtype", stored.type().name());
      var shape = array.putArray("shape");
      for (long size : stored.shape()) {
        shape.add(size);
      }
      long end = offset + stored.length();
      array.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    return header.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a file.
   *
   * @throws RunException if it is missing, truncated or damaged
   */
  public static Content read(Path file) {
    return SafeTensorsReader.read(file, true);
  }

  /**
   * Reads a file without a checksum, which another program may have written.
   *
   * @throws RunException if it is missing or truncated, or has numbers of a type that {@link
   *     NumberType} lacks
   */
  public static Content readForeign(Path file) {
    return SafeTensorsReader.read(file, false);
  }

  /**
   * Reads only the texts. Damage of the arrays is detected only by {@link #read}.
   *
   * @throws RunException if the file is missing, or its beginning is damaged
   */
  public static Map<String, String> readMetadata(Path file) {
    return SafeTensorsReader.readMetadata(file);
  }
}
