package org.seq4j.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.runtime.codec.FileCodec;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.transcribe.Cutting;
import org.seq4j.runtime.transcribe.Transcriber;
import org.seq4j.runtime.transcribe.Transcript;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.trainer.experiment.Experiment;

/** Sounds are transcribed on a cluster as in one process. */
final class TranscribeTest {
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

  @TempDir static Path folder;
  private static Path run;
  private static final Map<String, Transcript> EXPECTED = new TreeMap<>(); // by the name of a file

  @BeforeAll
  static void train() throws IOException {
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
    run = folder.resolve("run");
    Experiment.load(config, new PluginLoader().classPath(), List.of()).train(run);
    try (Translator model = Translator.load(run)) {
      Transcriber transcriber = Transcriber.of(model, Cutting.DEFAULT);
      for (String line : lines) {
        String name = line.substring("sounds/".length(), line.indexOf('\t'));
        VectorsValue file =
            ((FileCodec) model.source()).readFile(name, Files.readAllBytes(sounds.resolve(name)));
        EXPECTED.put(
            name,
            transcriber
                .transcribe(List.of(file), true, it -> model.translateAll(it, model.search(), true))
                .get(0));
      }
    }
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

  @Test
  void twoExecutorsWriteTheTextsOfOneProcess() throws Exception {
    assertThat(EXPECTED.values()).extracting(Transcript::text).contains("low", "high low");
    Path out = folder.resolve("texts");
    SparkProcess.Result result =
        new SparkProcess(SparkProcess.Version.SPARK_3_5, folder)
            .master("local-cluster[2,1,1024]")
            .optimizingAsHere()
            .run(
                "transcribe",
                run.toString(),
                "--input",
                folder.resolve("sounds") + "/*.wav",
                "--output",
                out.toString());
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).contains("16 files transcribed");
    Map<String, String> found = new TreeMap<>();
    for (String line : lines(out)) {
      String[] columns = line.split("\t", -1);
      found.put(name(columns[0]), columns[1]);
    }
    Map<String, String> wanted = new TreeMap<>();
    EXPECTED.forEach((name, transcript) -> wanted.put(name, transcript.text()));
    assertThat(found).isEqualTo(wanted);
  }

  @Test
  void tablesHaveWordsAndFilesThatAreNoSoundHaveNone() throws Exception {
    Path sounds = Files.createDirectory(folder.resolve("some"));
    for (String name : List.of("tone 5.wav", "tone 7.wav")) {
      Files.copy(folder.resolve("sounds").resolve(name), sounds.resolve(name));
    }
    Path picture = Files.writeString(sounds.resolve("picture.wav"), "GIF89a");
    Path out = folder.resolve("tables");
    String[] arguments = {
      "transcribe",
      run.toString(),
      "--input",
      sounds.toString(),
      "--output",
      out.toString(),
      "--format",
      "json",
      "--words"
    };
    SparkProcess.Result stopped =
        new SparkProcess(SparkProcess.Version.SPARK_4, folder).run(arguments);
    assertThat(stopped.status()).isEqualTo(1);
    assertThat(stopped.err()).contains(name(picture + ""), "not a sound file", "onError null");
    Files.move(out, folder.resolve("half-written"));
    List<String> with = new ArrayList<>(List.of(arguments));
    with.addAll(List.of("--on-error", "null"));
    SparkProcess.Result result =
        new SparkProcess(SparkProcess.Version.SPARK_4, folder)
            .optimizingAsHere()
            .run(with.toArray(String[]::new));
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    assertThat(result.err()).contains("warning: 1 rows have no result");
    Map<String, JsonNode> found = new TreeMap<>();
    for (String line : lines(out)) {
      JsonNode row = new ObjectMapper().readTree(line);
      found.put(name(row.get("path").asText()), row);
    }
    assertThat(found).containsOnlyKeys("picture.wav", "tone 5.wav", "tone 7.wav");
    assertThat(found.get("picture.wav").has("text")).isFalse();
    for (String name : List.of("tone 5.wav", "tone 7.wav")) {
      JsonNode row = found.get(name);
      Transcript wanted = EXPECTED.get(name);
      assertThat(row.get("text").asText()).isEqualTo(wanted.text());
      List<Transcript.Word> words = wanted.words().orElseThrow();
      assertThat(row.get("words")).hasSameSizeAs(words).isNotEmpty();
      for (int i = 0; i < words.size(); i++) {
        JsonNode word = row.get("words").get(i);
        assertThat(word.get("text").asText()).isEqualTo(words.get(i).text());
        assertThat(word.get("start").asDouble()).isEqualTo(words.get(i).start());
        assertThat(word.get("end").asDouble()).isEqualTo(words.get(i).end());
        assertThat(word.get("score").asDouble())
            .isCloseTo(words.get(i).score().getAsDouble(), within(1e-4));
      }
    }
  }

  @Test
  void aModelOfTextsIsRefused() throws Exception {
    Path texts = ToyRun.train(Files.createDirectory(folder.resolve("of-texts")));
    SparkProcess.Result result =
        new SparkProcess(SparkProcess.Version.SPARK_4, folder)
            .run(
                "transcribe",
                texts.toString(),
                "--input",
                folder.resolve("sounds").toString(),
                "--output",
                folder.resolve("none").toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("sources of this model are not files");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  /** The name of a file, whose path Spark writes as an address. */
  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replace("%20", " ");
  }

  private static List<String> lines(Path out) throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(out)) {
      for (Path part :
          files.filter(it -> it.getFileName().toString().startsWith("part-")).sorted().toList()) {
        all.addAll(Files.readAllLines(part, UTF_8));
      }
    }
    return all;
  }
}
