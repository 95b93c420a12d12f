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
import javax.sound.sampled.UnsupportedAudioFileException;

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
    short[] samples = new short[length * high.length];
    for (int i = 0; i < samples.length; i++) {
      double angle = 2 * Math.PI * (high[i / length] ? 1200 : 300) * (i % length) / RATE;
      double loudness = Math.sin(Math.PI * (i % length) / length);
      samples[i] = (short) (8000 * Math.sin(angle) * loudness);
    }
    write(file, samples);
  }

  /** Writes samples as a WAV file. */
  static void write(Path file, short[] samples) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    AudioSystem.write(
        new AudioInputStream(
            new ByteArrayInputStream(bytes.array()),
            new AudioFormat(RATE, 16, 1, true, false),
            samples.length),
        AudioFileFormat.Type.WAVE,
        file.toFile());
  }

  /** Returns the samples of a WAV file. */
  static short[] read(Path file) throws IOException {
    try (AudioInputStream in = AudioSystem.getAudioInputStream(file.toFile())) {
      short[] samples = new short[(int) in.getFrameLength()];
      ByteBuffer.wrap(in.readAllBytes())
          .order(ByteOrder.LITTLE_ENDIAN)
          .asShortBuffer()
          .get(samples);
      return samples;
    } catch (UnsupportedAudioFileException e) {
      throw new IOException(e);
    }
  }
}
