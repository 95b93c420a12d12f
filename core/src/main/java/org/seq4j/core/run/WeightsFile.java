package org.seq4j.core.run;

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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Named arrays of 32-bit floats and named texts in one file of the safetensors format
 * (https://github.com/huggingface/safetensors): the length of the header in 8 bytes, the header in
 * JSON, the arrays. A checksum over all of it is among the texts.
 */
public final class WeightsFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "__metadata__";
  private static final String CHECKSUM = "crc32";
  private static final String NO_CHECKSUM = "00000000";
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

  private WeightsFile() {}

  /**
   * Writes a file, whole or not at all.
   *
   * @throws RunException if it cannot be written
   */
  public static void write(Path file, Content content) {
    CRC32 checksum = new CRC32();
    checksum.update(header(content, NO_CHECKSUM));
    content.arrays().values().forEach(array -> checksum.update(bytes(array)));
    byte[] header = header(content, String.format("%08x", checksum.getValue()));
    AtomicFiles.write(
        file,
        out -> {
          byte[] length = new byte[8];
          littleEndian(length).putLong(header.length);
          out.write(length);
          out.write(header);
          for (Array array : content.arrays().values()) {
            out.write(bytes(array));
          }
        });
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(Array array) {
    byte[] bytes = new byte[Math.multiplyExact(array.values().length, Float.BYTES)];
    littleEndian(bytes).asFloatBuffer().put(array.values());
    return bytes;
  }

  private static byte[] header(Content content, String checksum) {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode metadata = header.putObject(METADATA);
    content.metadata().forEach(metadata::put);
    metadata.put(CHECKSUM, checksum);
    long offset = 0;
    for (Map.Entry<String, Array> entry : content.arrays().entrySet()) {
      ObjectNode array = header.putObject(entry.getKey());
      array.put("dtype", "F32");
      var shape = array.putArray("shape");
      for (long size : entry.getValue().shape()) {
        shape.add(size);
      }
      long end = offset + (long) entry.getValue().values().length * Float.BYTES;
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
    try (InputStream stream = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(stream)) {
      byte[] header = readHeader(file, in, Files.size(file));
      Content content = parse(file, header);
      for (Array array : content.arrays().values()) {
        byte[] bytes = new byte[array.values().length * Float.BYTES];
        in.readFully(bytes);
        littleEndian(bytes).asFloatBuffer().get(array.values());
      }
      if (in.read() != -1) {
        throw damaged(file, "there is more in it than its header tells of");
      }
      verify(file, content, header);
      content.metadata().remove(CHECKSUM);
      return content;
    } catch (EOFException e) {
      throw damaged(file, "it is cut short");
    } catch (IOException e) {
      throw new RunException("cannot read " + file + ": " + AtomicFiles.reason(e), e);
    }
  }

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

  private static Content parse(Path file, byte[] header) {
    try {
      Content content = new Content(new LinkedHashMap<>(), new LinkedHashMap<>());
      long offset = 0;
      for (Map.Entry<String, JsonNode> entry : JSON.readTree(header).properties()) {
        if (entry.getKey().equals(METADATA)) {
          entry
              .getValue()
              .properties()
              .forEach(text -> content.metadata().put(text.getKey(), text.getValue().asText()));
        } else {
          Array array = array(file, entry.getKey(), entry.getValue(), offset);
          content.arrays().put(entry.getKey(), array);
          offset += (long) array.values().length * Float.BYTES;
        }
      }
      return content;
    } catch (JsonProcessingException e) {
      throw damaged(file, "its header is no JSON");
    } catch (IOException e) {
      throw damaged(file, "its header is not readable");
    }
  }

  private static Array array(Path file, String name, JsonNode node, long offset) {
    long[] shape = new long[node.path("shape").size()];
    long size = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = node.path("shape").get(i).asLong(-1);
      size *= shape[i];
    }
    boolean valid =
        node.path("dtype").asText().equals("F32")
            && size >= 0
            && size <= Integer.MAX_VALUE / Float.BYTES
            && node.path("data_offsets").path(0).asLong(-1) == offset
            && node.path("data_offsets").path(1).asLong(-1) == offset + size * Float.BYTES;
    if (!valid) {
      throw damaged(file, "what its header says of '" + name + "' cannot be");
    }
    return new Array(shape, new float[(int) size]);
  }

  /** The checksum covers header and arrays as they are in the file, its own digits as zeros. */
  private static void verify(Path file, Content content, byte[] header) {
    String text = new String(header, StandardCharsets.UTF_8);
    String expected = content.metadata().getOrDefault(CHECKSUM, "");
    String field = "\"" + CHECKSUM + "\":\"";
    CRC32 checksum = new CRC32();
    checksum.update(
        text.replace(field + expected, field + NO_CHECKSUM).getBytes(StandardCharsets.UTF_8));
    content.arrays().values().forEach(array -> checksum.update(bytes(array)));
    if (!expected.equals(String.format("%08x", checksum.getValue()))) {
      throw damaged(file, "its checksum does not match what it holds");
    }
  }

  private static RunException damaged(Path file, String how) {
    return new RunException(
        file + " is damaged: " + how + "; use another checkpoint of the run, or train again");
  }
}
