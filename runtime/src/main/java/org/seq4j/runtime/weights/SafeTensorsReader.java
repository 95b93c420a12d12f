package org.seq4j.runtime.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.weights.SafeTensors.Array;
import org.seq4j.runtime.weights.SafeTensors.Content;
import org.seq4j.runtime.weights.SafeTensors.NumberType;

/** Reads files of the safetensors format and reports damage. */
final class SafeTensorsReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LARGEST_HEADER = 100L << 20;

  private SafeTensorsReader() {}

  /**
   * Reads a file.
   *
   * @param checked whether the file must have the checksum that Seq4j writes
   */
  static Content read(Path file, boolean checked) {
    try (InputStream stream = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(stream)) {
      byte[] header = readHeader(in, Files.size(file));
      Map<String, String> texts = new LinkedHashMap<>();
      List<Entry> entries = parse(header, texts);
      CRC32 checksum = new CRC32();
      checksum.update(unsigned(header, texts));
      Map<String, Array> arrays = new LinkedHashMap<>();
      for (Entry entry : entries) {
        byte[] bytes = new byte[entry.array().values().length * entry.type().bytes()];
        in.readFully(bytes);
        checksum.update(bytes);
        NumberBytes.decode(bytes, entry.type(), entry.array().values());
        arrays.put(entry.name(), entry.array());
      }
      if (in.read() != -1) {
        throw new DamageException("it has more bytes than its header describes");
      }
      String digits = String.format(Locale.ROOT, "%08x", checksum.getValue());
      if (checked && !texts.getOrDefault(SafeTensors.CHECKSUM, "").equals(digits)) {
        throw new DamageException("its checksum does not match its content");
      }
      texts.remove(SafeTensors.CHECKSUM);
      for (Entry entry : entries) {
        if (entry.type() == NumberType.I8) {
          scale(entry, arrays.remove(entry.name() + SafeTensors.SCALE));
        }
      }
      return new Content(arrays, texts);
    } catch (IOException e) {
      throw failure(file, checked, e);
    }
  }

  private static void scale(Entry entry, Array scales) throws DamageException {
    if (scales == null || !Int8Matrix.fits(entry.array().shape(), scales.shape())) {
      throw new DamageException(
          "'%s' has numbers of 8 bits, but no fitting '%s' for its rows or columns"
              .formatted(entry.name(), entry.name() + SafeTensors.SCALE));
    }
    Int8Matrix.scale(entry.array().values(), scales.values(), scales.shape());
  }

  /**
   * Returns the header with the digits of the checksum replaced by zeros, as the checksum covers
   * it.
   */
  private static byte[] unsigned(byte[] header, Map<String, String> texts) {
    String field = "\"" + SafeTensors.CHECKSUM + "\":\"";
    return new String(header, StandardCharsets.UTF_8)
        .replace(
            field + texts.getOrDefault(SafeTensors.CHECKSUM, ""), field + SafeTensors.NO_CHECKSUM)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The header entry of an array, whose numbers have not been read yet. */
  private record Entry(String name, Array array, NumberType type, long offset) {}

  /** Implements {@link SafeTensors#readMetadata}. */
  static Map<String, String> readMetadata(Path file) {
    try (InputStream stream = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(stream)) {
      byte[] header = readHeader(in, Files.size(file));
      Map<String, String> texts = new LinkedHashMap<>();
      JSON.readTree(header)
          .path(SafeTensors.METADATA)
          .properties()
          .forEach(text -> texts.put(text.getKey(), text.getValue().asText()));
      texts.remove(SafeTensors.CHECKSUM);
      return texts;
    } catch (IOException e) {
      throw failure(file, true, e);
    }
  }

  private static byte[] readHeader(DataInputStream in, long size) throws IOException {
    byte[] length = new byte[8];
    in.readFully(length);
    long headerLength = NumberBytes.littleEndian(length).getLong();
    if (headerLength < 2 || headerLength > LARGEST_HEADER) {
      throw new DamageException("it does not begin like a safetensors file");
    }
    if (headerLength > size - 8) {
      throw new EOFException();
    }
    byte[] header = new byte[(int) headerLength];
    in.readFully(header);
    return header;
  }

  /** Parses the header; the arrays must be contiguous and in file order. */
  private static List<Entry> parse(byte[] header, Map<String, String> texts) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : JSON.readTree(header).properties()) {
      if (entry.getKey().equals(SafeTensors.METADATA)) {
        entry
            .getValue()
            .properties()
            .forEach(text -> texts.put(text.getKey(), text.getValue().asText()));
      } else {
        entries.add(entry(entry.getKey(), entry.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::offset));
    long offset = 0;
    for (Entry entry : entries) {
      if (entry.offset() != offset) {
        throw impossible(entry.name());
      }
      offset += (long) entry.array().values().length * entry.type().bytes();
    }
    return entries;
  }

  private static Entry entry(String name, JsonNode node) throws DamageException {
    long[] shape = new long[node.path("shape").size()];
    long size = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = node.path("shape").get(i).asLong(-1);
      if (shape[i] < 0 || (shape[i] > 0 && size > Integer.MAX_VALUE / shape[i])) {
        throw impossible(name);
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
                    new DamageException(
                        "'%s' has numbers of type %s, expected one of %s"
                            .formatted(name, dtype, Arrays.toString(NumberType.values()))));
    long offset = node.path("data_offsets").path(0).asLong(-1);
    boolean valid =
        size <= Integer.MAX_VALUE / type.bytes()
            && offset >= 0
            && node.path("data_offsets").path(1).asLong(-1) == offset + size * type.bytes();
    if (!valid) {
      throw impossible(name);
    }
    return new Entry(name, new Array(shape, new float[(int) size]), type, offset);
  }

  private static DamageException impossible(String name) {
    return new DamageException("the header entry of '" + name + "' is invalid");
  }

  /**
   * Describes why a file could not be read.
   *
   * @param checkpoint whether Seq4j wrote the file
   */
  private static RunException failure(Path file, boolean checkpoint, IOException e) {
    String how;
    if (e instanceof DamageException) {
      how = e.getMessage();
    } else if (e instanceof EOFException) {
      how = "it is truncated";
    } else if (e instanceof JsonProcessingException) {
      how = "its header is not valid JSON";
    } else {
      return new RunException(AtomicFiles.unreadable(file, e), e);
    }
    return new RunException(
        checkpoint
            ? file + " is damaged: " + how + "; restore it from a backup, or use another checkpoint"
            : file
                + " cannot be read: "
                + how
                + "; expected a complete file of the safetensors format",
        e);
  }

  /** A difference from the format; its message is a clause. */
  private static final class DamageException extends IOException {
    private static final long serialVersionUID = 1;

    DamageException(String how) {
      super(how);
    }
  }
}
