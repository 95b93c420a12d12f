package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.weights.SafeTensors;

/** Sources that are files: in training, and what the trained model reads in others. */
class TranscribeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    run = Tones.trainedRun(folder);
  }

  @Test
  void writesTheTextOfAFile() {
    CommandRun one = CommandRun.of("transcribe", run, folder.resolve("dev0.wav"));
    assertThat(one.status()).as(one.err()).isZero();
    assertThat(one.out().lines()).hasSize(1);
    assertThat(one.out()).doesNotContain("\t");
  }

  @Test
  void writesAJsonObjectForEachFile() throws IOException {
    Path file = folder.resolve("dev0.wav");
    CommandRun both = CommandRun.of("transcribe", run, file, file, "--json");
    assertThat(both.status()).as(both.err()).isZero();
    assertThat(both.out().lines()).hasSize(2);
    JsonNode first = JSON.readTree(both.out().lines().findFirst().orElseThrow());
    assertThat(first.get("source").asText()).isEqualTo(file.toString());
    double seconds = first.get("seconds").asDouble();
    assertThat(seconds).isEqualTo(Tones.read(file).length / (double) Tones.RATE);
    assertThat(first.get("parts")).hasSize(1);
    assertThat(first.at("/parts/0/text")).isEqualTo(first.get("text"));
    List<String> words = new ArrayList<>();
    double before = 0;
    for (JsonNode word : first.get("words")) {
      words.add(word.get("text").asText());
      assertThat(word.get("start").asDouble()).isGreaterThanOrEqualTo(before);
      before = word.get("end").asDouble();
    }
    assertThat(before).isLessThanOrEqualTo(seconds);
    assertThat(String.join(" ", words)).isEqualTo(first.get("text").asText());
  }

  /** Tones between pauses, more than the model could read at once. */
  @Test
  void aLongSoundIsDividedInItsPauses() throws IOException {
    short[] samples = new short[12 * Tones.RATE];
    for (int second : new int[] {1, 4, 7, 10}) {
      System.arraycopy(Tones.tone(true), 0, samples, second * Tones.RATE, Tones.LENGTH);
    }
    Path file = folder.resolve("long.wav");
    Tones.write(file, samples);
    CommandRun whole = CommandRun.of("transcribe", run, file, "--json");
    assertThat(whole.err()).isEmpty();
    JsonNode parts = JSON.readTree(whole.out()).get("parts");
    assertThat(parts).hasSize(4);
    for (int i = 0; i < 4; i++) {
      int second = new int[] {1, 4, 7, 10}[i];
      assertThat(parts.get(i).get("start").asDouble()).isBetween(second - 0.3, second + 0.05);
      assertThat(parts.get(i).get("end").asDouble()).isBetween(second + 0.2, second + 0.5);
    }
    CommandRun pieces = CommandRun.of("transcribe", run, file, "--json", "--max-part", 0.5);
    assertThat(JSON.readTree(pieces.out()).get("parts")).hasSize(4);
    CommandRun tooLong = CommandRun.of("transcribe", run, file, "--max-part", 6);
    assertThat(tooLong.status()).isEqualTo(2);
    assertThat(tooLong.err())
        .startsWith(
            "seq4j: --max-part: expected at most 5.00 seconds, what the model reads"
                + " (source.max_length: 1000), got 6.0\n");
  }

  @Test
  void whatIsHardlySpeechIsReported() throws IOException {
    Path silence = folder.resolve("silence.wav");
    Tones.write(silence, new short[Tones.RATE]);
    Path noise = folder.resolve("noise.wav");
    Random random = new Random(1);
    short[] samples = new short[Tones.RATE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (3000 * random.nextGaussian());
    }
    Tones.write(noise, samples);
    CommandRun both = CommandRun.of("transcribe", run, silence, noise);
    assertThat(both.status()).isZero();
    assertThat(both.out()).startsWith(silence + "\t\n" + noise + "\t");
    assertThat(both.err())
        .isEqualTo(
            "warning: "
                + silence
                + ": nothing can be heard\nwarning: "
                + noise
                + ": everything is equally loud, as noise is; the text may be wrong\n");
  }

  @Test
  void aTruncatedSoundIsReported() throws IOException {
    byte[] all = Files.readAllBytes(folder.resolve("dev0.wav"));
    Path half = folder.resolve("half.wav");
    Files.write(half, Arrays.copyOf(all, 44 + 2000));
    CommandRun truncated = CommandRun.of("transcribe", run, half);
    assertThat(truncated.status()).isEqualTo(1);
    assertThat(truncated.err())
        .startsWith("seq4j: " + half + ": the file is truncated: it ends after 0.13 of ")
        .hasLineCount(1);
  }

  @Test
  void whatIsNoSoundIsReportedAndTheOthersAreWritten() throws IOException {
    Path picture = Files.writeString(folder.resolve("picture.wav"), "GIF89a");
    Path gone = folder.resolve("gone.wav");
    Path first = folder.resolve("dev0.wav");
    Path last = folder.resolve("dev1.wav");
    CommandRun all = CommandRun.of("transcribe", run, first, picture, gone, last);
    assertThat(all.status()).isEqualTo(1);
    assertThat(all.out().lines().map(line -> line.substring(0, line.indexOf('\t'))))
        .containsExactly(first.toString(), last.toString());
    assertThat(all.err().lines())
        .hasSize(2)
        .anyMatch(
            line ->
                line.startsWith(
                    "seq4j: "
                        + picture
                        + ": not a sound file that Seq4j reads (it begins with 'GIF8')"))
        .contains("seq4j: no such file: " + gone);
  }

  /** A server must not read a file because its name was sent as text. */
  @Test
  void aTextIsNoSource() {
    CommandRun text = CommandRun.withInput(folder.resolve("dev0.wav") + "\n", "translate", run);
    assertThat(text.status()).isEqualTo(1);
    assertThat(text.err())
        .isEqualTo(
            "seq4j: stdin, line 1: expected the content of a file, got text; transcribe reads files\n");
  }

  @Test
  void aBadFileStopsTraining() throws IOException {
    Files.writeString(folder.resolve("bad.wav"), "GIF89a");
    String good = Files.readString(folder.resolve("train.tsv"));
    Files.writeString(folder.resolve("mixed.tsv"), "bad.wav\tlow\n" + good);
    Path config = folder.resolve("tones.yaml");
    String mixed = "data.train.file=" + folder.resolve("mixed.tsv");
    CommandRun stopped = CommandRun.of("data", "inspect", config, "--set", mixed);
    assertThat(stopped.err())
        .contains(
            folder.resolve("mixed.tsv")
                + ", line 1: "
                + folder.resolve("bad.wav")
                + ": not a sound file that Seq4j reads");
  }

  /** A file that is truncated, one that is no sound, one that is missing, and a long one. */
  @Test
  void skippedFilesAreCountedWithTheirReasons() throws IOException {
    byte[] all = Files.readAllBytes(folder.resolve("dev0.wav"));
    Files.write(folder.resolve("cut.wav"), Arrays.copyOf(all, 44 + 2000));
    Files.writeString(folder.resolve("image.wav"), "GIF89a");
    Tones.write(folder.resolve("six.wav"), new short[6 * Tones.RATE]);
    Files.writeString(
        folder.resolve("some.tsv"),
        "cut.wav\tlow\nimage.wav\tlow\nmissing.wav\tlow\nsix.wav\tlow\n"
            + Files.readString(folder.resolve("train.tsv")));
    List<Object> skip =
        List.of(
            folder.resolve("tones.yaml"),
            "--set",
            "data.train.file=" + folder.resolve("some.tsv"),
            "--set",
            "data.on_error=skip");
    String counts = "3 malformed, 1 with a source that is too long";
    CommandRun inspect = command(List.of("data", "inspect"), skip);
    assertThat(inspect.status()).as(inspect.err()).isZero();
    assertThat(inspect.out()).containsPattern("train +\\d+ +\\d+ +8 +" + counts);
    CommandRun json = command(List.of("data", "inspect", "--json"), skip);
    assertThat(JSON.readTree(json.out()).findValue("skipped").toString())
        .isEqualTo("{\"malformed\":3,\"long_source\":1}");
    CommandRun train = command(List.of("train", "--run", folder.resolve("skipping")), skip);
    assertThat(train.status()).as(train.err()).isZero();
    assertThat(train.out() + train.err()).contains("8 pairs to train on (skipped: " + counts + ")");
  }

  private static CommandRun command(List<Object> first, List<Object> rest) {
    List<Object> all = new ArrayList<>(first);
    all.addAll(rest);
    return CommandRun.of(all.toArray());
  }

  /** Statistics of the training data are counted once, and are a part of the model. */
  @Test
  void aRunWithGlobalNormalizationIsResumedExactly() throws IOException {
    List<Object> global =
        List.of(
            folder.resolve("tones.yaml"), "--set", "model.encoder.normalization=global", "--set");
    Path whole = folder.resolve("global");
    CommandRun train =
        command(List.of("train", "--run", whole), append(global, "training.max_steps=4"));
    assertThat(train.status()).as(train.err()).isZero();
    Path parts = folder.resolve("global-parts");
    command(List.of("train", "--run", parts), append(global, "training.max_steps=2"));
    Map<String, SafeTensors.Array> half = last(parts);
    CommandRun resumed =
        command(
            List.of("train", "--resume", "--run", parts), append(global, "training.max_steps=4"));
    assertThat(resumed.status()).as(resumed.err()).isZero();
    Map<String, SafeTensors.Array> expected = last(whole);
    Map<String, SafeTensors.Array> found = last(parts);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach(
        (path, array) ->
            assertThat(array.values()).as(path).isEqualTo(expected.get(path).values()));
    for (String path : List.of("encoder.mean", "encoder.scale")) {
      assertThat(found.get(path).values()).as(path).isEqualTo(half.get(path).values());
      assertThat(found.get(path).values()).hasSize(20).doesNotContain(0f, 1f);
    }
    Path small = folder.resolve("small");
    CommandRun export = CommandRun.of("export", whole, "--format", "run", "--output", small);
    assertThat(export.status()).as(export.err()).isZero();
    Path sound = folder.resolve("dev0.wav");
    assertThat(CommandRun.of("transcribe", small, sound, "--json").out())
        .isEqualTo(CommandRun.of("transcribe", whole, sound, "--json").out());
  }

  private static List<Object> append(List<Object> list, Object last) {
    List<Object> all = new ArrayList<>(list);
    all.add(last);
    return all;
  }

  private static Map<String, SafeTensors.Array> last(Path run) {
    return SafeTensors.read(new RunDirectory(run).checkpoint("last")).arrays();
  }

  @Test
  void aReaderIsForASourceOfFiles() {
    Path config = folder.resolve("tones.yaml");
    CommandRun target =
        CommandRun.of("check", config, "--set", "target={type: files, reader: {type: sound}}");
    assertThat(target.err()).contains("target.type: only a source can consist of files");
    CommandRun lacking = CommandRun.of("check", config, "--set", "source={type: files}");
    assertThat(lacking.err()).contains("type: files needs reader, such as {type: sound}");
  }

  @Test
  void otherCommandsNameTranscribe() throws IOException {
    Path other = folder.resolve("other");
    CommandRun train = CommandRun.of("train", folder.resolve("tones.yaml"), "--run", other);
    assertThat(train.out())
        .contains("transcribe " + other + " FILE...")
        .doesNotContain("translate " + other);
    CommandRun chat = CommandRun.of("chat", run);
    assertThat(chat.err())
        .isEqualTo(
            "seq4j: " + run + ": the sources of this model are not text: use seq4j transcribe\n");
    CommandRun history =
        CommandRun.of(
            "check", folder.resolve("tones.yaml"), "--set", "source.history={separator: ' / '}");
    assertThat(history.err())
        .contains("history is for dialogues of text: remove it, or type: files");
  }

  /** The default of text, 200, would be a second of sound. */
  @Test
  void aFileMayHaveTwentySecondsByDefault() throws IOException {
    Path config = folder.resolve("default.yaml");
    String text = Files.readString(folder.resolve("tones.yaml"));
    Files.writeString(config, text.replace(", max_length: 1000", ""));
    short[] samples = new short[21 * Tones.RATE];
    Tones.write(folder.resolve("twenty-one.wav"), samples);
    Tones.write(folder.resolve("twenty.wav"), Arrays.copyOf(samples, 20 * Tones.RATE));
    Files.writeString(folder.resolve("lengths.tsv"), "twenty.wav\tlow\ntwenty-one.wav\tlow\n");
    CommandRun inspect =
        CommandRun.of(
            "data", "inspect", config, "--set", "data.train.file=" + folder.resolve("lengths.tsv"));
    assertThat(inspect.out()).as(inspect.err()).containsPattern("train +2 +2 +1 +1");
  }
}
