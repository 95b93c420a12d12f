package org.seq4j.trainer.training.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

final class EventFileTest {
  @TempDir Path folder;

  /** Reads records by the format's description, and checks each checksum. */
  static List<Event> read(Path folder) throws IOException {
    List<Event> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertThat(file.getFileName().toString()).startsWith("events.out.tfevents.");
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
          int start = buffer.position();
          int length = Math.toIntExact(buffer.getLong());
          assertThat(buffer.getInt()).isEqualTo(masked(bytes, start, Long.BYTES));
          int data = buffer.position();
          buffer.position(data + length);
          assertThat(buffer.getInt()).isEqualTo(masked(bytes, data, length));
          events.add(Event.parseFrom(ByteBuffer.wrap(bytes, data, length)));
        }
      }
    }
    return events;
  }

  private static int masked(byte[] bytes, int from, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, from, length);
    return Integer.rotateRight((int) checksum.getValue(), 15) + 0xa282ead8;
  }

  /** The value that the format's own documents give for a checksum of zeros: RFC 3720, B.4. */
  @Test
  void theChecksumIsCastagnolis() {
    CRC32C checksum = new CRC32C();
    checksum.update(new byte[32]);
    assertThat(checksum.getValue()).isEqualTo(0x8a9136aaL);
  }

  @Test
  void numbersOfALogAreScalars() throws IOException {
    try (EventFile file = EventFile.create(folder, 7, Clock.systemUTC())) {
      file.numbers(
          new ObjectMapper()
              .readTree(
                  "{\"event\": \"validation\", \"step\": 9, \"loss\": 1.5, \"best\": true,"
                      + " \"metrics\": {\"ser\": 0.25}}"));
    }
    List<Event> events = read(folder);
    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(events.get(1).getStep()).isEqualTo(8);
    assertThat(events.get(1).getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
    assertThat(events.get(2).getStep()).isEqualTo(9);
    assertThat(events.get(2).getSummary().getValueList())
        .extracting(Summary.Value::getTag, Summary.Value::getSimpleValue)
        .containsExactly(tuple("validation/loss", 1.5f), tuple("validation/metrics/ser", 0.25f));
  }

  @Test
  void histogramsCountAllValues() throws IOException {
    try (EventFile file = EventFile.create(folder, 0, Clock.systemUTC())) {
      file.histogram(3, "x", new float[] {-1, 0.5f, 0.5f, 2});
      file.histogram(3, "same", new float[] {4, 4});
    }
    HistogramProto histogram = read(folder).get(2).getSummary().getValue(0).getHisto();
    assertThat(histogram.getMin()).isEqualTo(-1);
    assertThat(histogram.getMax()).isEqualTo(2);
    assertThat(histogram.getNum()).isEqualTo(4);
    assertThat(histogram.getSum()).isEqualTo(2);
    assertThat(histogram.getSumSquares()).isCloseTo(5.5, within(1e-9));
    assertThat(histogram.getBucketList().stream().mapToDouble(count -> count).sum()).isEqualTo(4);
    assertThat(histogram.getBucketLimitList()).isSorted().hasSize(30).endsWith(2.0);
    assertThat(read(folder).get(3).getSummary().getValue(0).getHisto().getBucket(0)).isEqualTo(2);
  }

  @Test
  void textAndAttention() throws IOException {
    try (EventFile file = EventFile.create(folder, 0, Clock.systemUTC())) {
      file.text(3, "samples", "| ä |");
      file.attention(3, "attention/1", new float[][] {{0, 1}, {0.5f, 0.5f}, {1, 0}});
    }
    Summary.Value text = read(folder).get(2).getSummary().getValue(0);
    assertThat(text.getMetadata().getPluginData().getPluginName()).isEqualTo("text");
    assertThat(text.getTensor().getStringVal(0).toStringUtf8()).isEqualTo("| ä |");
    byte[] png =
        read(folder)
            .get(3)
            .getSummary()
            .getValue(0)
            .getImage()
            .getEncodedImageString()
            .toByteArray();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(24);
    assertThat(image.getHeight()).isEqualTo(36);
    assertThat(image.getRaster().getSample(0, 0, 0)).isEqualTo(255);
    assertThat(image.getRaster().getSample(23, 0, 0)).isZero();
    assertThat(image.getRaster().getSample(0, 20, 0)).isEqualTo(128);
  }
}
