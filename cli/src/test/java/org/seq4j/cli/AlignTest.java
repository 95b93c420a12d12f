package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Forced alignment with a model of high and low tones, each of a quarter of a second. */
@Timeout(300)
class AlignTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double TONE = 0.25;
  private static final String CONFIG =
      """
      name: tones
      data:
        train: {file: train.tsv, source: 0, target: 1}
        dev: {file: dev.tsv, source: 0, target: 1}
      source: {type: files, reader: {type: sound, rate: 8000}, max_length: 1000}
      model:
        embedding: {target: 8}
        encoder:
          type: log-mel
          bins: 20
          encoder: {type: pyramidal, cell: gru, units: 16, layers: 2}
        decoder: {type: rnn, cell: gru, units: 8, attention: luong}
      training:
        batch: {size: 8}
        optimizer: adam
        learning_rate: 0.02
        objectives: {type: ctc, weight: 1}
        max_steps: 40
        validation: {every_steps: 40}
      search: {ctc: {weight: 1}}
      """;

  @TempDir private static Path folder;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    Tones.write(folder, "train", 48);
    Tones.write(folder, "dev", 8);
    run = folder.resolve("run");
    Path config = Files.writeString(folder.resolve("aligned.yaml"), CONFIG);
    CommandRun train = CommandRun.of("train", config, "--run", run);
    assertThat(train.status()).as(train.err()).isZero();
  }

  private static Path list(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<JsonNode> aligned(Path list) throws IOException {
    CommandRun command = CommandRun.of("align", run, list);
    assertThat(command.err()).isEmpty();
    assertThat(command.status()).isZero();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : command.out().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  @Test
  void wordsAreFoundWhereTheyAreHeard() throws IOException {
    List<String> given = Files.readAllLines(folder.resolve("dev.tsv"));
    List<JsonNode> lines = aligned(folder.resolve("dev.tsv"));
    assertThat(lines).hasSameSizeAs(given);
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = lines.get(i);
      assertThat(line.get("source").asText() + "\t" + line.get("text").asText())
          .isEqualTo(given.get(i));
      String[] words = line.get("text").asText().split(" ");
      assertThat(line.get("seconds").asDouble()).isEqualTo(words.length * TONE);
      assertThat(line.get("words")).hasSameSizeAs(words);
      for (int word = 0; word < words.length; word++) {
        JsonNode found = line.get("words").get(word);
        JsonNode token = line.get("tokens").get(word);
        assertThat(found.get("text").asText()).isEqualTo(words[word]);
        assertThat(found.get("start").asDouble())
            .as("%s", line)
            .isCloseTo(word * TONE, within(0.07));
        assertThat(found.get("end").asDouble())
            .as("%s", line)
            .isCloseTo((word + 1) * TONE, within(0.07));
        assertThat(found.get("score").asDouble()).isNegative();
        assertThat(token.get("text").asText()).isEqualTo(words[word]);
        assertThat(token.get("start").asDouble())
            .as("%s", line)
            .isBetween(word * TONE - 0.04, (word + 1) * TONE + 0.04);
      }
    }
  }

  @Test
  void aWordThatIsNotSaidHasALowScore() throws IOException {
    StringBuilder wrong = new StringBuilder();
    for (String line : Files.readAllLines(folder.resolve("dev.tsv"))) {
      String other = line.endsWith("high") ? "low" : "high";
      wrong.append(line, 0, Math.max(line.lastIndexOf(' '), line.indexOf('\t')) + 1);
      wrong.append(other).append('\n');
    }
    List<JsonNode> right = aligned(folder.resolve("dev.tsv"));
    List<JsonNode> others = aligned(list("wrong.tsv", wrong.toString()));
    for (int i = 0; i < right.size(); i++) {
      int last = right.get(i).get("words").size() - 1;
      String score = "/words/" + last + "/score";
      assertThat(others.get(i).at(score).asDouble())
          .as("%s", others.get(i))
          .isLessThan(right.get(i).at(score).asDouble() - 1);
      assertThat(others.get(i).get("score").asDouble())
          .isLessThan(right.get(i).get("score").asDouble() - 1);
    }
  }

  @Test
  void timesOfAnAnswerAreThoseOfItsAlignment() throws IOException {
    CommandRun transcribe = CommandRun.of("transcribe", run, folder.resolve("dev0.wav"), "--json");
    JsonNode answer = JSON.readTree(transcribe.out());
    assertThat(answer.get("words")).as("%s", answer).isNotEmpty();
    JsonNode known =
        aligned(list("answer.tsv", "dev0.wav\t" + answer.get("text").asText() + "\n")).get(0);
    assertThat(answer.get("words")).isEqualTo(known.get("words"));
  }

  /** The parts are read apart from each other, but the text is that of the whole sound. */
  @Test
  void aLongSoundIsAlignedInItsParts() throws IOException {
    short[] samples = new short[12 * Tones.RATE];
    int[] seconds = {1, 4, 7, 10};
    for (int second : seconds) {
      System.arraycopy(Tones.tone(second < 5), 0, samples, second * Tones.RATE, Tones.LENGTH);
    }
    Tones.write(folder.resolve("long.wav"), samples);
    JsonNode line = aligned(list("long.tsv", "long.wav\thigh high low low\n")).get(0);
    for (int i = 0; i < seconds.length; i++) {
      JsonNode word = line.get("words").get(i);
      assertThat(word.get("start").asDouble()).as("%s", line).isCloseTo(seconds[i], within(0.07));
      assertThat(word.get("end").asDouble()).isCloseTo(seconds[i] + TONE, within(0.07));
    }
  }

  @Test
  void aTextMayBeEmptyOrHaveUnknownTokens() throws IOException {
    List<JsonNode> lines = aligned(list("other.tsv", "dev0.wav\t\ndev1.wav\thigh noon\n"));
    assertThat(lines.get(0).get("words")).isEmpty();
    assertThat(lines.get(0).get("tokens")).isEmpty();
    assertThat(lines.get(0).get("score").asDouble()).isNegative();
    assertThat(lines.get(0).has("unknown_tokens")).isFalse();
    assertThat(lines.get(1).get("unknown_tokens").toString()).isEqualTo("[\"noon\"]");
  }

  @Test
  void whatCannotBeAlignedIsReportedAndCounted() throws IOException {
    Files.writeString(folder.resolve("picture.wav"), "GIF89a");
    Tones.write(folder.resolve("silent.wav"), new short[Tones.RATE]);
    Tones.write(folder.resolve("short.wav"), Tones.tone(true));
    Path list =
        list(
            "mixed.tsv",
            """
            dev0.wav\thigh
            gone.wav\thigh
            picture.wav\thigh
            dev0.wav
            silent.wav\thigh
            short.wav\tlow low low low low low low low
            dev1.wav\tlow
            """);
    CommandRun command = CommandRun.of("align", run, list);
    assertThat(command.status()).isEqualTo(1);
    assertThat(command.out().lines())
        .extracting(line -> JSON.readTree(line).get("source").asText())
        .containsExactly("dev0.wav", "dev1.wav");
    String place = "seq4j: " + list + ", line ";
    assertThat(command.err().lines())
        .anyMatch(line -> line.equals(place + "2: no such file: " + folder.resolve("gone.wav")))
        .anyMatch(line -> line.startsWith(place + "3: " + folder.resolve("picture.wav: not a")))
        .contains(
            place + "4: expected FILE TAB TEXT, got 1 columns",
            place + "5: silent.wav: nothing can be heard",
            place
                + "6: short.wav: the text is too long for the sound: CTC needs 15 encoder outputs"
                + " for its 8 tokens, one for each and one more between equal neighbours, but the"
                + " sound has 13")
        .endsWith("seq4j: 5 of 7 lines could not be aligned")
        .hasSize(6);
  }

  @Test
  void aModelWithoutCtcAndPartsThatAreTooLongAreRefused() throws IOException {
    Path other = Files.createDirectory(folder.resolve("attention"));
    Path plain = Tones.trainedRun(other);
    CommandRun refused = CommandRun.of("align", plain, other.resolve("dev.tsv"));
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .isEqualTo(
            "seq4j: "
                + plain
                + ": alignment needs a model trained with the objective ctc, whose targets are text"
                + " and not copied: add {type: ctc, weight: 0.3} to training.objectives\n");
    CommandRun tooLong = CommandRun.of("align", run, folder.resolve("dev.tsv"), "--max-part", 6);
    assertThat(tooLong.status()).isEqualTo(2);
    assertThat(tooLong.err()).startsWith("seq4j: --max-part: expected at most 5.00 seconds");
  }
}
