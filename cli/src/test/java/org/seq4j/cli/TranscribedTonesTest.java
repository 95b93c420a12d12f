package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model that has learned two words transcribes a long sound, and tells when each word is said.
 */
@Tag("slow")
class TranscribedTonesTest {
  private static final String CONFIG =
      """
      name: tones
      data:
        train: {file: train.tsv, source: 0, target: 1}
        dev: {file: dev.tsv, source: 0, target: 1}
      source: {type: files, reader: {type: sound, rate: 8000}, max_length: 300}
      model:
        embedding: {target: 8}
        encoder: {type: log-mel, bins: 20, encoder: {type: pyramidal, cell: gru, units: 16, layers: 2}}
        decoder: {type: rnn, cell: gru, units: 16, attention: location-aware}
      training:
        batch: {size: 10}
        optimizer: adam
        learning_rate: 0.01
        objectives: [{type: cross-entropy, weight: 0.5}, {type: ctc, weight: 0.5}]
        epochs: 100
        validation: {every_steps: 50}
        early_stopping: {metric: wer, patience: 6}
      search: {length: {max: 6}}
      evaluation: {metrics: [wer]}
      """;

  @TempDir private Path folder;

  /** Tones between gaps. */
  private static final class Sound {
    private final List<Boolean> tones = new ArrayList<>();
    private final List<Double> starts = new ArrayList<>();
    private short[] samples = new short[0];

    void gap(int length) {
      samples = Arrays.copyOf(samples, samples.length + length);
    }

    void tone(boolean high) {
      tones.add(high);
      starts.add(samples.length / (double) Tones.RATE);
      gap(Tones.LENGTH);
      System.arraycopy(Tones.tone(high), 0, samples, samples.length - Tones.LENGTH, Tones.LENGTH);
    }

    String words() {
      return String.join(" ", tones.stream().map(high -> high ? "high" : "low").toList());
    }
  }

  private void write(String list, int count) throws IOException {
    Random random = new Random(count);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      Sound sound = new Sound();
      sound.gap(random.nextInt(1600));
      for (int left = 1 + random.nextInt(2); left > 0; left--) {
        sound.tone(random.nextBoolean());
        sound.gap(random.nextInt(1600));
      }
      String name = list + i + ".wav";
      Tones.write(folder.resolve(name), sound.samples);
      lines.append(name).append('\t').append(sound.words()).append('\n');
    }
    Files.writeString(folder.resolve(list + ".tsv"), lines);
  }

  @Test
  void wordsOfALongSoundHaveTheirTimes() throws IOException {
    write("train", 60);
    write("dev", 10);
    Path config = Files.writeString(folder.resolve("tones.yaml"), CONFIG);
    Path run = folder.resolve("run");
    CommandRun train = CommandRun.of("train", config, "--run", run);
    assertThat(train.status()).as(train.err()).isZero();
    Sound sound = new Sound();
    Random random = new Random(7);
    for (int i = 0; i < 30; i++) {
      sound.gap(random.nextInt(2) == 0 ? 800 : 4000);
      sound.tone(random.nextBoolean());
    }
    sound.gap(4000);
    Path file = folder.resolve("long.wav");
    Tones.write(file, sound.samples);

    CommandRun transcribed = CommandRun.of("transcribe", run, file, "--json");

    JsonNode json = new ObjectMapper().readTree(transcribed.out());
    assertThat(json.get("text").asText()).isEqualTo(sound.words());
    assertThat(json.get("parts").size()).isGreaterThan(5);
    double length = Tones.LENGTH / (double) Tones.RATE;
    for (int i = 0; i < sound.starts.size(); i++) {
      JsonNode word = json.get("words").get(i);
      double start = sound.starts.get(i);
      assertThat(word.get("start").asDouble()).isCloseTo(start, within(0.05));
      assertThat(word.get("end").asDouble()).isCloseTo(start + length, within(0.05));
    }
  }
}
