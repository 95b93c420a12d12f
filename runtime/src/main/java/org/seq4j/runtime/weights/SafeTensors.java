package org.seq4j.runtime.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
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
  private static final String METADATA = "__metadata__";
  private static final String CHECKSUM = "crc32";
  private static final String NO_CHECKSUM = "00000000";
  private static final String SCALE = ".scale";
  private static final long LARGEST_HEADER = 100L << 20;

  /**
   * An array.
   *
   * @param shape the sizes of its axes
   * @param values in row-major order
   */
  public record Array(long[] shape, float[] values) {}

  /**
   * What a file holds.
   *
   * @param arrays by name
   * @param metadata texts by name
   */
  public record Content(Map<String, Array> arrays, Map<String, String> metadata) {}

  /** How numbers are written. */
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
   * The same with numbers of a type, {@link NumberType#F32}, {@link NumberType#BF16} or {@link
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
          littleEndian(length).putLong(header.length);
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
        return List.of(new Stored(name, array.shape(), type, () -> f32(array.values())));
      }
      case BF16 -> {
        return List.of(new Stored(name, array.shape(), type, () -> bf16(array.values())));
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

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] f32(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, NumberType.F32.bytes)];
    littleEndian(bytes).asFloatBuffer().put(values);
    return bytes;
  }

  private static byte[] bf16(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, NumberType.BF16.bytes)];
    ByteBuffer buffer = littleEndian(bytes);
    for (float value : values) {
      buffer.putShort(bf16(value));
    }
    return bytes;
  }

  private static short bf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40); // stays NaN whatever is cut off
    }
    return (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
  }

  private static void decode(byte[] bytes, NumberType type, float[] values) {
    ByteBuffer buffer = littleEndian(bytes);
    switch (type) {
      case F32 -> buffer.asFloatBuffer().get(values);
      case BF16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.intBitsToFloat(buffer.getShort() << 16);
        }
      }
      case I8 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = bytes[i];
        }
      }
      case F16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = half(buffer.getShort());
        }
      }
      case F64 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) buffer.getDouble();
        }
      }
    }
  }

  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double size =
        exponent == 0
            ? fraction * 0x1p-24
            : exponent == 31
                ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                : (1 + fraction * 0x1p-10) * Math.pow(2, exponent - 15);
    return (float) (bits < 0 ? -size : size);
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
    return read(file, true);
  }

  /**
   * Reads a file that another program may have written, and which has no checksum.
   *
   * @throws RunException if it is missing or cut short, or has numbers of other types than {@link
   *     NumberType}'s
   */
  public static Content readForeign(Path file) {
    return read(file, false);
  }

  private static Content read(Path file, boolean checked) {
    try (InputStream stream = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(stream)) {
      byte[] header = readHeader(file, in, Files.size(file));
      Map<String, String> texts = new LinkedHashMap<>();
      List<Entry> entries = parse(file, header, texts);
      CRC32 checksum = new CRC32();
      checksum.update(unsigned(header, texts));
      Map<String, Array> arrays = new LinkedHashMap<>();
      for (Entry entry : entries) {
        byte[] bytes = new byte[entry.array().values().length * entry.type().bytes];
        in.readFully(bytes);
        checksum.update(bytes);
        decode(bytes, entry.type(), entry.array().values());
        arrays.put(entry.name(), entry.array());
      }
      if (in.read() != -1) {
        throw damaged(file, "there is more in it than its header tells of");
      }
      String digits = String.format("%08x", checksum.getValue());
      if (checked && !texts.getOrDefault(CHECKSUM, "").equals(digits)) {
        throw damaged(file, "its checksum does not match what it holds");
      }
      texts.remove(CHECKSUM);
      for (Entry entry : entries) {
        if (entry.type() == NumberType.I8) {
          scale(file, entry, arrays.remove(entry.name() + SCALE));
        }
      }
      return new Content(arrays, texts);
    } catch (EOFException e) {
      throw damaged(file, "it is cut short");
    } catch (IOException e) {
      throw new RunException("cannot read " + file + ": " + AtomicFiles.reason(e), e);
    }
  }

  private static void scale(Path file, Entry entry, Array scales) {
    if (scales == null || !Int8Matrix.fits(entry.array().shape(), scales.shape())) {
      throw damaged(
          file,
          "'%s' has numbers of 8 bits, and no '%s' for its rows or columns"
              .formatted(entry.name(), entry.name() + SCALE));
    }
    Int8Matrix.scale(entry.array().values(), scales.values(), scales.shape());
  }

  /** The checksum covers the header as it is in the file, its own digits as zeros. */
  private static byte[] unsigned(byte[] header, Map<String, String> texts) {
    String field = "\"" + CHECKSUM + "\":\"";
    return new String(header, StandardCharsets.UTF_8)
        .replace(field + texts.getOrDefault(CHECKSUM, ""), field + NO_CHECKSUM)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** What the header says of an array, whose numbers are not read yet. */
  private record Entry(String name, Array array, NumberType type, long offset) {}

  /**
   * Reads the texts alone; whether the file is whole shows only in {@link #read}.
   *
   * @throws RunException if the file is missing, or its beginning is damaged
   */
  public static Map<String, String> readMetadata(Path file) {
    try (InputStream stream = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(stream)) {
      byte[] header = readHeader(file, in, Files.size(file));
      Map<String, String> texts = new LinkedHashMap<>();
      JSON.readTree(header)
          .path(METADATA)
          .properties()
          .forEach(text -> texts.put(text.getKey(), text.getValue().asText()));
      texts.remove(CHECKSUM);
      return texts;
    } catch (JsonProcessingException e) {
      throw damaged(file, "its header is no JSON");
    } catch (EOFException e) {
      throw damaged(file, "it is cut short");
    } catch (IOException e) {
      throw new RunException("cannot read " + file + ": " + AtomicFiles.reason(e), e);
    }
  }

  private static byte[] readHeader(Path file, DataInputStream in, long size) throws IOException {
    byte[] length = new byte[8];
    in.readFully(length);
    long headerLength = littleEndian(length).getLong();
    if (headerLength < 2 || headerLength > LARGEST_HEADER) {
      throw damaged(file, "it does not begin as a safetensors file does");
    }
    if (headerLength > size - 8) {
      throw new EOFException();
    }
    byte[] header = new byte[(int) headerLength];
    in.readFully(header);
    return header;
  }

  /** The arrays in the order in which they stand in the file, one right after another. */
  private static List<Entry> parse(Path file, byte[] header, Map<String, String> texts) {
    List<Entry> entries = new ArrayList<>();
    try {
      for (Map.Entry<String, JsonNode> entry : JSON.readTree(header).properties()) {
        if (entry.getKey().equals(METADATA)) {
          entry
              .getValue()
              .properties()
              .forEach(text -> texts.put(text.getKey(), text.getValue().asText()));
        } else {
          entries.add(entry(file, entry.getKey(), entry.getValue()));
        }
      }
    } catch (JsonProcessingException e) {
      throw damaged(file, "its header is no JSON");
    } catch (IOException e) {
      throw damaged(file, "its header is not readable");
    }
    entries.sort(Comparator.comparingLong(Entry::offset));
    long offset = 0;
    for (Entry entry : entries) {
      if (entry.offset() != offset) {
        throw impossible(file, entry.name());
      }
      offset += (long) entry.array().values().length * entry.type().bytes;
    }
    return entries;
  }

  private static Entry entry(Path file, String name, JsonNode node) {
    long[] shape = new long[node.path("shape").size()];
    long size = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = node.path("shape").get(i).asLong(-1);
      if (shape[i] < 0 || (shape[i] > 0 && size > Integer.MAX_VALUE / shape[i])) {
        throw impossible(file, name);
      }
      size *= shape[i];
    }
    String dtype = node.path("dtype").asText();
    NumberType type =
        Arrays.stream(NumberType.values())
            .filter(it -> it.name().equals(dtype))
            .findFirst()
            .orElseThrow(
                () ->
                    damaged(
                        file,
                        "'%s' has numbers of type %s, expected one of %s"
                            .formatted(name, dtype, Arrays.toString(NumberType.values()))));
    long offset = node.path("data_offsets").path(0).asLong(-1);
    boolean valid =
        size <= Integer.MAX_VALUE / type.bytes
            && offset >= 0
            && node.path("data_offsets").path(1).asLong(-1) == offset + size * type.bytes;
    if (!valid) {
      throw impossible(file, name);
    }
    return new Entry(name, new Array(shape, new float[(int) size]), type, offset);
  }

  private static RunException impossible(Path file, String name) {
    return damaged(file, "what its header says of '" + name + "' cannot be");
  }

  private static RunException damaged(Path file, String how) {
    return new RunException(
        file + " is damaged: " + how + "; put back a whole copy of it, or use another checkpoint");
  }
}
