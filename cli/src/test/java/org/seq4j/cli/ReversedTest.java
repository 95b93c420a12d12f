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
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.cli.option.NgramCandidates;
import org.seq4j.ngram.JointNgram;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.weights.SafeTensors;

/** {@code reversed} is the same as texts that are reversed by hand. Letters become capitals. */
final class ReversedTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SOURCES = "abcd\nbad\nc\ndabcab\n";

  @TempDir static Path folder;
  private static Path reversed;
  private static Path byHand;
  private static Path forward;
  private static Path reads;
  private static Path config;

  @BeforeAll
  static void train() throws IOException {
    List<String> pairs = new ArrayList<>();
    List<String> turned = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      StringBuilder word = new StringBuilder();
      random.ints(1 + i % 5, 0, 4).forEach(letter -> word.append("abcd".charAt(letter)));
      String capitals = word.toString().replace('a', 'A').replace('b', 'B').replace('c', 'E');
      pairs.add(word + "\t" + capitals);
      turned.add(turned(word.toString()) + "\t" + turned(capitals));
    }
    Files.write(folder.resolve("pairs.tsv"), pairs);
    Files.write(folder.resolve("turned.tsv"), turned);
    config = config("pairs.tsv");
    reversed = folder.resolve("reversed");
    byHand = folder.resolve("by-hand");
    forward = folder.resolve("forward");
    succeeded(
        "train",
        config,
        "--run",
        reversed,
        "--set",
        "source.reversed=true",
        "--set",
        "target.reversed=true");
    succeeded("train", config("turned.tsv"), "--run", byHand);
    succeeded("train", config, "--run", forward);
    reads = folder.resolve("reads");
    succeeded(
        "train",
        config,
        "--run",
        reads,
        "--set",
        "source.reversed=true",
        "--set",
        "training.max_steps=3");
  }

  private static String turned(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  private static Path config(String data) throws IOException {
    return Files.writeString(
        folder.resolve(data.replace(".tsv", ".yaml")),
        """
        name: capitals
        data:
          train: {file: %1$s, source: 0, target: 1}
          dev: {file: %1$s, source: 0, target: 1}
        source: {tokenizer: characters}
        target: {tokenizer: characters}
        model:
          embedding: {source: 4, target: 4}
          encoder: {type: rnn, cell: gru, units: 8}
          decoder: {type: rnn, cell: gru, units: 8, attention: luong}
        training: {batch: {size: 20}, learning_rate: 0.01, max_steps: 60, epochs: 50}
        search: {type: beam, size: 3}
        evaluation: {metrics: [exact-match, ser]}
        """
            .formatted(data));
  }

  private static CommandRun succeeded(Object... words) {
    CommandRun run = CommandRun.of(words);
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private static List<JsonNode> answers(String input, Object... words) throws IOException {
    CommandRun run = CommandRun.withInput(input, words);
    assertThat(run.status()).as(run.err()).isZero();
    List<JsonNode> answers = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      answers.add(JSON.readTree(line));
    }
    return answers;
  }

  @Test
  void theWeightsAndScoresAreThoseOfReversedTexts() throws IOException {
    var wanted = SafeTensors.read(new RunDirectory(byHand).checkpoint("best")).arrays();
    var found = SafeTensors.read(new RunDirectory(reversed).checkpoint("best")).arrays();
    assertThat(found.keySet()).isEqualTo(wanted.keySet());
    wanted.forEach(
        (path, array) -> assertThat(found.get(path).values()).as(path).isEqualTo(array.values()));
    assertThat(scores(reversed, "ab\nbcd\n", "AB\nBEd\n"))
        .isEqualTo(scores(byHand, "ba\ndcb\n", "BA\ndEB\n"));
  }

  private static String scores(Path run, String sources, String targets) throws IOException {
    Path source = Files.writeString(folder.resolve("source.txt"), sources);
    Path target = Files.writeString(folder.resolve("target.txt"), targets);
    return succeeded("score", run, "--source", source, "--target", target).out();
  }

  @Test
  void answersAreTextsInTheirOrder() throws IOException {
    List<JsonNode> found = answers(SOURCES, "translate", reversed, "--json", "--attention");
    List<JsonNode> wanted =
        answers(turnedLines(SOURCES), "translate", byHand, "--json", "--attention");
    for (int i = 0; i < wanted.size(); i++) {
      JsonNode one = found.get(i).at("/hypotheses/0");
      JsonNode other = wanted.get(i).at("/hypotheses/0");
      assertThat(one.get("text").asText()).isEqualTo(turned(other.get("text").asText()));
      assertThat(one.get("score").asDouble()).isEqualTo(other.get("score").asDouble());
      checkTurned(one.get("attention"), other.get("attention"));
      String text = one.get("text").asText();
      for (int k = 0; k < one.get("tokens").size(); k++) {
        JsonNode place = one.get("places").get(k);
        assertThat(text.substring(place.get(0).asInt(), place.get(1).asInt()))
            .isEqualTo(one.get("tokens").get(k).asText());
      }
    }
    String[] scores = {"exact-match", "ser"};
    for (String metric : scores) {
      assertThat(score(reversed, metric)).isEqualTo(score(byHand, metric));
    }
  }

  private static void checkTurned(JsonNode found, JsonNode wanted) {
    assertThat(found).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      JsonNode row = found.get(wanted.size() - 1 - i);
      for (int j = 0; j < row.size(); j++) {
        assertThat(row.get(row.size() - 1 - j)).isEqualTo(wanted.get(i).get(j));
      }
    }
  }

  @Test
  void alignmentsAreInTheOrderOfTheTexts() throws IOException {
    Path source = Files.writeString(folder.resolve("aligned.txt"), "abcd\n");
    Path target = Files.writeString(folder.resolve("aligned.out"), "ABE\n");
    String found =
        succeeded("score", reversed, "--source", source, "--target", target, "--alignment").out();
    Path turnedSource = Files.writeString(folder.resolve("turned.txt"), "dcba\n");
    Path turnedTarget = Files.writeString(folder.resolve("turned.out"), "EBA\n");
    String wanted =
        succeeded(
                "score", byHand, "--source", turnedSource, "--target", turnedTarget, "--alignment")
            .out();
    assertThat(links(found))
        .hasSize(3)
        .containsExactlyInAnyOrderElementsOf(
            links(wanted).stream()
                .map(link -> (3 - (link.charAt(0) - '0')) + "-" + (2 - (link.charAt(2) - '0')))
                .toList());
  }

  /** The links of the only line, {@code SCORE TAB LINKS}. */
  private static List<String> links(String out) {
    return List.of(out.strip().split("\t", -1)[1].split(" ", -1));
  }

  private static String score(Path run, String metric) {
    return succeeded("evaluate", run, "--split", "dev", "--metric", metric)
        .out()
        .lines()
        .filter(line -> line.contains(metric))
        .findFirst()
        .orElseThrow();
  }

  private static String turnedLines(String lines) {
    StringBuilder all = new StringBuilder();
    lines.lines().forEach(line -> all.append(turned(line)).append('\n'));
    return all.toString();
  }

  @Test
  void requiredTextsAreFoundInTheAnswers() throws IOException {
    List<JsonNode> found =
        answers(SOURCES, "translate", reversed, "--json", "--set", "search.rules.required=[dA]");
    assertThat(found)
        .hasSize(4)
        .allSatisfy(it -> assertThat(it.at("/hypotheses/0/text").asText()).contains("dA"));
  }

  @Test
  void anotherModelScoresItsAnswers() throws IOException {
    Path input = Files.writeString(folder.resolve("input.txt"), SOURCES);
    Path list = folder.resolve("list.tsv");
    succeeded("translate", reversed, "--input", input, "--n-best", 3, "--output", list);
    CommandRun mixed =
        succeeded("score", forward, "--source", input, "--n-best", list, "--mix", "0.5");
    assertThat(mixed.out().lines()).hasSize(12);
  }

  @Test
  void anNgramModelReadsTheTextsInTheirOrder() throws IOException {
    Path pairs = folder.resolve("pairs.arpa");
    succeeded(
        "ngram", "train", config, "--output", pairs, "--order", 2, "--set", "target.reversed=true");
    JointNgram ngram = NgramCandidates.read(pairs);
    List<JsonNode> found =
        answers("dab\n", "translate", reversed, "--with", pairs, "--weights", "1,9", "--json");
    assertThat(found.get(0).at("/hypotheses/0/text").asText()).isEqualTo("dAB");
    assertThat(found.get(0).at("/hypotheses/0/scores/ngram").asDouble())
        .isCloseTo(
            ngram.scoreOrFloor(List.of("d", "a", "b"), List.of("d", "A", "B")), within(1e-9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "translate RUN --with READS | 1 | cannot form an ensemble: one writes from left to right and one from right to left; score the --n-best answers of one by the other",
        "translate FORWARD --with READS | 1 | cannot form an ensemble: they read sources in opposite orders; score the --n-best answers of one by the other",
        "train CONFIG --run NEW --set source.reversed=true --set training.objectives=[cross-entropy,{type:#distillation,teachers:#[FORWARD]}] | 1 | reads tokens in another order, see source.reversed",
        "translate RUN --set search.rules.prefix=A | 1 | search.rules.prefix: the model writes from right to left",
        "check CONFIG --set target.reversed=true --set search.rules.prefix=A | 3 | search.rules.prefix: a target that is written from right to left cannot begin with a given text",
        "check CONFIG --set target.reversed=true --set training.objectives=[cross-entropy,ctc] | 3 | ctc: needs source and target in the same order. Set reversed for both or for none",
        "check CONFIG --set target.reversed=true --set training.objectives=[cross-entropy,guided-alignment] | 3 | guided-alignment: alignments are in the order of the texts. Remove reversed from both sides",
        "check CONFIG --set source.reversed=true --set source.tokenizer={type:#columns,columns:#[{tokenizer:#characters}]} | 3 | reversed does not go with the tokenizer columns",
        "check CONFIG --set source={type:#vectors,depth:#2,reversed:#true} | 3 | reversed is for texts: remove it, or type: vectors",
      })
  void whatAnOrderCannotDoIsRefused(String words, int status, String message) {
    List<Object> command = new ArrayList<>();
    for (String word : words.split(" ", -1)) {
      command.add(
          word.replace("RUN", reversed.toString())
              .replace("READS", reads.toString())
              .replace("NEW", folder.resolve("new").toString())
              .replace("FORWARD", forward.toString())
              .replace("CONFIG", config.toString())
              .replace('#', ' '));
    }
    CommandRun refused = CommandRun.withInput("ab\n", command.toArray());
    assertThat(refused.err()).contains(message);
    assertThat(refused.status()).isEqualTo(status);
  }
}
