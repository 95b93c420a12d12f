package org.seq4j.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.runtime.codec.FileCodec;
import org.seq4j.runtime.transcribe.Cutting;
import org.seq4j.runtime.transcribe.Transcriber;
import org.seq4j.runtime.transcribe.Transcript;
import org.seq4j.runtime.translate.Translator;

/** Sounds are transcribed on a cluster as in one process. */
@Tag("slow")
final class TranscribeTest {
  @TempDir static Path folder;
  private static Path run;
  private static final Map<String, Transcript> EXPECTED = new TreeMap<>(); // by the name of a file

  @BeforeAll
  static void train() throws IOException {
    run = ToySounds.train(folder);
    Path sounds = folder.resolve("sounds");
    List<String> lines = Files.readAllLines(folder.resolve("tones.tsv"), UTF_8);
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
    for (String line : SparkProcess.lines(out)) {
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
    for (String line : SparkProcess.lines(out)) {
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
}
