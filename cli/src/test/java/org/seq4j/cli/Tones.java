package org.seq4j.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Sounds whose words are high and low. */
final class Tones {
  private static final int RATE = 8000;

  private Tones() {}

  /** Writes sounds of one or two tones, LIST0.wav and so on, and LIST.tsv with their words. */
  static void write(Path folder, String list, int count) throws IOException {
    Random random = new Random(count);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      boolean[] high = new boolean[1 + random.nextInt(2)];
      StringBuilder words = new StringBuilder();
      for (int tone = 0; tone < high.length; tone++) {
        high[tone] = random.nextBoolean();
        words.append(tone == 0 ? "" : " ").append(high[tone] ? "high" : "low");
      }
      String name = list + i + ".wav";
      write(folder.resolve(name), high);
      lines.append(name).append('\t').append(words).append('\n');
    }
    Files.writeString(folder.resolve(list + ".tsv"), lines);
  }

  private static void write(Path file, boolean... high) throws IOException {
    int length = RATE / 4; // of a tone
    ByteBuffer bytes = ByteBuffer.allocate(2 * length * high.length).order(ByteOrder.LITTLE_ENDIAN);
    for (boolean tone : high) {
      for (int i = 0; i < length; i++) {
        double angle = 2 * Math.PI * (tone ? 1200 : 300) * i / RATE;
        bytes.putShort((short) (8000 * Math.sin(angle) * Math.sin(Math.PI * i / length)));
      }
    }
    AudioSystem.write(
        new AudioInputStream(
            new ByteArrayInputStream(bytes.array()),
            new AudioFormat(RATE, 16, 1, true, false),
            (long) length * high.length),
        AudioFileFormat.Type.WAVE,
        file.toFile());
  }
}
