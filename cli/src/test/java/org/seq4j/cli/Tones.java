package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
  static final int RATE = 8000;

  /** The number of samples of a tone. */
  static final int LENGTH = RATE / 4;

  private static final String CONFIG =
      """
      name: tones
      data:
        train: {file: train.tsv, source: 0, target: 1}
        dev: {file: dev.tsv, source: 0, target: 1}
      source: {type: files, reader: {type: sound, rate: 8000}, max_length: 1000}
      model:
        embedding: {target: 8}
        encoder: {type: log-mel, bins: 20, encoder: {type: rnn, cell: gru, units: 8}}
        decoder: {type: rnn, cell: gru, units: 8, attention: luong}
      training: {batch: {size: 4}, max_steps: 2}
      """;

  private Tones() {}

  /**
   * Trains a model for two steps. The folder then has its config tones.yaml, the lists train.tsv
   * and dev.tsv, and sounds such as dev0.wav and dev1.wav.
   */
  static Path trainedRun(Path folder) throws IOException {
    write(folder, "train", 8);
    write(folder, "dev", 2);
    Path run = folder.resolve("run");
    Path config = Files.writeString(folder.resolve("tones.yaml"), CONFIG);
    CommandRun train = CommandRun.of("train", config, "--run", run);
    assertThat(train.status()).as(train.err()).isZero();
    return run;
  }

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
    short[] samples = new short[LENGTH * high.length];
    for (int tone = 0; tone < high.length; tone++) {
      System.arraycopy(tone(high[tone]), 0, samples, tone * LENGTH, LENGTH);
    }
    write(file, samples);
  }

  /** Returns the samples of a tone, which is quiet at both ends. */
  static short[] tone(boolean high) {
    short[] samples = new short[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      double angle = 2 * Math.PI * (high ? 1200 : 300) * i / RATE;
      samples[i] = (short) (8000 * Math.sin(angle) * Math.sin(Math.PI * i / LENGTH));
    }
    return samples;
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
