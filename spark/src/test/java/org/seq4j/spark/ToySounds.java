package org.seq4j.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.trainer.experiment.Experiment;

/** A small model that writes the words {@code low} and {@code high} for tones. */
final class ToySounds {
  private static final int RATE = 8000;
  private static final String CONFIG =
      """
      name: tones
      data:
        train: {file: tones.tsv, source: 0, target: 1}
        dev: {file: tones.tsv, source: 0, target: 1}
      source: {type: files, reader: {type: sound, rate: 8000}, max_length: 400}
      target: {tokenizer: whitespace}
      model:
        embedding: {target: 8}
        encoder:
          type: log-mel
          bins: 20
          encoder: {type: pyramidal, cell: gru, units: 16, layers: 2}
        decoder: {type: rnn, cell: gru, units: 16, attention: {type: location-aware, units: 8}}
      training:
        batch: {size: 4}
        optimizer: adam
        learning_rate: 0.01
        objectives: [{type: cross-entropy, weight: 0.5}, {type: ctc, weight: 0.5}]
        epochs: 30
        threads: 1
      search: {type: beam, size: 3}
      """;

  private ToySounds() {}

  /**
   * Trains in a folder, and returns the folder of the run. The sounds are in {@code sounds}, and
   * the list of them and of their texts is {@code tones.tsv}.
   */
  static Path train(Path folder) throws IOException {
    Path sounds = Files.createDirectory(folder.resolve("sounds"));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      List<String> words = new ArrayList<>();
      for (int k = 0; k < 1 + i % 4; k++) {
        words.add((i >> k & 1) == 0 ? "low" : "high");
      }
      Path file = sounds.resolve("tone " + i + ".wav");
      write(file, words);
      lines.add("sounds/" + file.getFileName() + "\t" + String.join(" ", words));
    }
    Files.write(folder.resolve("tones.tsv"), lines, UTF_8);
    Path config = Files.writeString(folder.resolve("tones.yaml"), CONFIG);
    Path run = folder.resolve("sound-run");
    Experiment.load(config, new PluginLoader().classPath(), List.of()).train(run);
    return run;
  }

  /** Words are tones of 0.2 seconds with pauses between them. */
  private static void write(Path file, List<String> words) throws IOException {
    byte[] samples = new byte[2 * RATE * 3 / 10 * words.size()];
    for (int i = 0; i < samples.length / 2; i++) {
      double seconds = i / (double) RATE;
      String word = words.get((int) (seconds / 0.3));
      boolean loud = seconds % 0.3 < 0.2;
      double pitch = word.equals("low") ? 400 : 2000;
      int sample = loud ? (int) (8000 * Math.sin(2 * Math.PI * pitch * seconds)) : i % 3;
      samples[2 * i] = (byte) sample;
      samples[2 * i + 1] = (byte) (sample >> 8);
    }
    AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length / 2),
        AudioFileFormat.Type.WAVE,
        file.toFile());
  }
}
