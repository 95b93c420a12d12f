package org.seq4j.trainer.training.log;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.trainer.training.state.TrainingState;

/**
 * A log of a run with one JSON event per line. {@code metrics.jsonl} records the results of
 * training and does not depend on interruptions; {@code sessions.jsonl} records times and
 * throughput.
 */
final class JsonLinesFile implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final FileChannel channel;
  private long size;

  private JsonLinesFile(Path file, FileChannel channel, long size) {
    this.file = file;
    this.channel = channel;
    this.size = size;
  }

  /**
   * Opens a log for appending.
   *
   * @param size the size to truncate the log to, in bytes
   * @throws RunException if the log cannot be written, or is shorter than {@code size}
   */
  static JsonLinesFile open(Path file, long size) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.size() < size) {
        channel.close();
        throw new RunException(
            file + " is shorter than at the last checkpoint: restore the missing part");
      }
      channel.truncate(size).position(size);
      return new JsonLinesFile(file, channel, size);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  /**
   * Opens a log for appending after its last complete line.
   *
   * @throws RunException if the log cannot be written
   */
  static JsonLinesFile append(Path file) {
    try {
      long size = 0;
      if (Files.exists(file)) {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
          if (bytes[i] == '\n') {
            size = i + 1L;
          }
        }
      }
      return open(file, size);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  /** Creates a line with the keys of all events. */
  static ObjectNode event(String event, TrainingState state) {
    ObjectNode line = JSON.createObjectNode();
    return line.put("event", event).put("step", state.step()).put("epoch", state.epoch());
  }

  /**
   * Appends a line.
   *
   * @throws RunException if the line cannot be written; the log is then unchanged
   */
  void append(ObjectNode line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      size += bytes.length;
    } catch (IOException e) {
      truncate(e);
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  private void truncate(IOException because) {
    try {
      channel.truncate(size);
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  /** Forces the log to disk and returns its size in bytes. */
  long sync() {
    try {
      channel.force(false);
      return size;
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }
}
