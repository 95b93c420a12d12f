package org.seq4j.runtime.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;

/**
 * Named arrays of numbers and named texts in one file of the safetensors format
 * (https://github.com/huggingface/safetensors): the length of the header in 8 bytes, the header in
 * JSON, the arrays. A checksum over all of it is among the texts, if Seq4j wrote the file.
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
   * @param shape the sizes of its axes
   * @param values in row-major order
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
    /** 32 bits, as they are in memory. */
    F32(4),
    /** The upper 16 bits of those, rounded to the nearest, of two as near to the even one. */
    BF16(2),
    /**
     * Matrices of more than a row and a column as whole numbers of 8 bits times a scale for each of
     * their rows or columns, which stands beside them as {@code NAME.scale}; all else in 32 bits.
     */
    I8(1),
    /** 16 bits of IEEE 754, which are only read. */
    F16(2),
    /** 64 bits, which are only read. */
    F64(8);

    private final int bytes;

    NumberType(int bytes) {
      this.bytes = bytes;
    }

    /** The size of a number. */
    int bytes() {
      return bytes;
    }
  }

  private SafeTensors() {}

  /**
   * Writes a file, whole or not at all.
   *
   * @throws RunException if it cannot be written
   */
  public static void write(Path file, Content content) {
    write(file, content, NumberType.F32);
  }

  /**
   * Writes a file with numbers of a type, {@link NumberType#F32}, {@link NumberType#BF16} or {@link
   * NumberType#I8}.
   *
   * @throws RunException if it cannot be written
   * @throws IllegalArgumentException if numbers cannot be told in 8 bits because they are none
   */
  public static void write(Path file, Content content, NumberType type) {
    List<Stored> arrays = new ArrayList<>();
    content.arrays().forEach((name, array) -> arrays.addAll(stored(name, array, type)));
    CRC32 checksum = new CRC32();
    checksum.update(header(arrays, content.metadata(), NO_CHECKSUM));
    arrays.forEach(array -> checksum.update(array.bytes().get()));
    byte[] header = header(arrays, content.metadata(), String.format("%08x", checksum.getValue()));
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

  /** An array as it stands in a file; its bytes are made when they are asked for. */
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
   * @throws RunException if it is missing, cut short or damaged
   */
  public static Content read(Path file) {
    return SafeTensorsReader.read(file, true);
  }

  /**
   * Reads a file that another program may have written, and which has no checksum.
   *
   * @throws RunException if it is missing or cut short, or has numbers of other types than {@link
   *     NumberType}'s
   */
  public static Content readForeign(Path file) {
    return SafeTensorsReader.read(file, false);
  }

  /**
   * Reads the texts alone; whether the file is whole shows only in {@link #read}.
   *
   * @throws RunException if the file is missing, or its beginning is damaged
   */
  public static Map<String, String> readMetadata(Path file) {
    return SafeTensorsReader.readMetadata(file);
  }
}
