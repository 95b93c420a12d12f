package org.seq4j.trainer.training.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Locale;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * An event file for TensorBoard: protocol buffers in checksummed records (the format TFRecord, as
 * tensorflow/core/lib/io/record_writer.cc writes it). Each session of training writes one file; it
 * specifies the step from which events of earlier sessions are invalid.
 */
public final class EventFile implements AutoCloseable {
  private static final int BUCKETS = 30;
  private static final int PIXELS = 12; // width and height of a weight
  private static final int WHITE = 255;
  private static final double MILLIS = 1000;

  private final Path file;
  private final FileChannel channel;
  private final Clock clock;

  private EventFile(Path file, FileChannel channel, Clock clock) {
    this.clock = clock;
    this.file = file;
    this.channel = channel;
  }

  /**
   * Creates a file.
   *
   * @param folder the folder, which is created if it is missing
   * @param step the number of completed steps
   * @param clock the clock of events and of the file's name
   * @throws RunException if the file cannot be written
   */
  public static EventFile create(Path folder, long step, Clock clock) {
    Path file = newFile(folder, clock.millis());
    try {
      Files.createDirectories(folder);
      EventFile events =
          new EventFile(
              file,
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.TRUNCATE_EXISTING),
              clock);
      events.write(events.event(0).setFileVersion("brain.Event:2"));
      events.write(
          events
              .event(step + 1)
              .setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START)));
      return events;
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  /** Returns a path that does not exist yet, as the clock may stand still or go back. */
  private static Path newFile(Path folder, long millis) {
    Path file = folder.resolve(String.format(Locale.ROOT, "events.out.tfevents.%d.seq4j", millis));
    return Files.exists(file) ? newFile(folder, millis + 1) : file;
  }

  private Event.Builder event(long step) {
    return Event.newBuilder().setWallTime(clock.millis() / MILLIS).setStep(step);
  }

  /** Writes all numbers of a line of a run's log, tagged by their keys: {@code train/loss}. */
  public void numbers(JsonNode line) {
    Summary.Builder summary = Summary.newBuilder();
    add(summary, line.path("event").asText(), line);
    if (summary.getValueCount() > 0) {
      write(event(line.path("step").asLong()).setSummary(summary));
    }
  }

  private static void add(Summary.Builder summary, String name, JsonNode object) {
    object
        .properties()
        .forEach(
            field -> {
              String tag = name + "/" + field.getKey();
              if (field.getValue().isObject()) {
                add(summary, tag, field.getValue());
              } else if (field.getValue().isNumber() && !field.getKey().equals("step")) {
                summary.addValue(
                    Summary.Value.newBuilder()
                        .setTag(tag)
                        .setSimpleValue((float) field.getValue().asDouble()));
              }
            });
  }

  /** Writes a histogram of values. */
  public void histogram(long step, String tag, float[] values) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
      sum += value;
      squares += value * (double) value;
    }
    HistogramProto.Builder histogram =
        HistogramProto.newBuilder()
            .setMin(least)
            .setMax(most)
            .setNum(values.length)
            .setSum(sum)
            .setSumSquares(squares);
    double width = Math.max((most - least) / BUCKETS, Double.MIN_NORMAL);
    double[] counts = new double[BUCKETS];
    for (float value : values) {
      counts[(int) Math.min(BUCKETS - 1, (value - least) / width)]++;
    }
    for (int i = 0; i < BUCKETS; i++) {
      histogram.addBucketLimit(i == BUCKETS - 1 ? most : least + (i + 1) * width);
      histogram.addBucket(counts[i]);
    }
    write(step, Summary.Value.newBuilder().setTag(tag).setHisto(histogram));
  }

  /** Writes text in Markdown. */
  public void text(long step, String tag, String markdown) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(
                TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(1)))
            .addStringVal(ByteString.copyFrom(markdown, StandardCharsets.UTF_8))
            .build();
    SummaryMetadata metadata =
        SummaryMetadata.newBuilder()
            .setPluginData(SummaryMetadata.PluginData.newBuilder().setPluginName("text"))
            .build();
    write(step, Summary.Value.newBuilder().setTag(tag).setMetadata(metadata).setTensor(tensor));
  }

  /**
   * Writes attention weights as an image: darker is larger; one row per token.
   *
   * @param weights {@code [tokens][source tokens]}, at least one row
   */
  public void attention(long step, String tag, float[][] weights) {
    int width = weights[0].length;
    BufferedImage image =
        new BufferedImage(width * PIXELS, weights.length * PIXELS, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        float weight = Math.min(1, Math.max(0, weights[y / PIXELS][x / PIXELS]));
        image.getRaster().setSample(x, y, 0, Math.round(WHITE * (1 - weight)));
      }
    }
    write(
        step,
        Summary.Value.newBuilder()
            .setTag(tag)
            .setImage(
                Summary.Image.newBuilder()
                    .setColorspace(1)
                    .setWidth(image.getWidth())
                    .setHeight(image.getHeight())
                    .setEncodedImageString(png(image))));
  }

  private static ByteString png(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) { // cannot happen in memory
      throw new UncheckedIOException(e);
    }
    return ByteString.copyFrom(out.toByteArray());
  }

  private void write(long step, Summary.Value.Builder value) {
    write(event(step).setSummary(Summary.newBuilder().addValue(value)));
  }

  private void write(Event.Builder event) {
    byte[] data = event.build().toByteArray();
    byte[] length = new byte[Long.BYTES];
    littleEndian(length).putLong(data.length);
    byte[] record = new byte[Long.BYTES + Integer.BYTES + data.length + Integer.BYTES];
    littleEndian(record).put(length).putInt(masked(length)).put(data).putInt(masked(data));
    ByteBuffer buffer = ByteBuffer.wrap(record);
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the masked CRC of TFRecord, which is safe to store inside checksummed data. */
  private static int masked(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    int crc = (int) checksum.getValue();
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
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
