package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.cli.option.NgramCandidates;
import org.seq4j.ngram.JointNgram;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;

/** A joint n-gram model joins a run that has hardly been trained. Letters become capitals. */
final class JoinedNgramTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static Path one;
  private static Path two;
  private static Path pairs;

  @BeforeAll
  static void train() throws IOException {
    write("words.tsv", "abcd");
    Path config = config("words.tsv");
    one = folder.resolve("one");
    two = folder.resolve("two");
    pairs = folder.resolve("pairs.arpa.gz");
    succeeded("train", config, "--run", one);
    succeeded("train", config, "--run", two, "--set", "seed=2");
    succeeded("ngram", "train", config, "--output", pairs, "--order", 3);
  }

  private static void write(String file, String letters) throws IOException {
    Random random = new Random(1);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      StringBuilder word = new StringBuilder();
      random
          .ints(1 + i % 4, 0, letters.length())
          .forEach(letter -> word.append(letters.charAt(letter)));
      lines.add(word + "\t" + word.toString().toUpperCase(Locale.ROOT));
    }
    Files.write(folder.resolve(file), lines);
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
        training: {batch: {size: 20}, max_steps: 3, validation: {every_steps: 3}}
        search: {type: beam, size: 4}
        """
            .formatted(data));
  }

  private static CommandRun succeeded(Object... words) {
    CommandRun run = CommandRun.of(words);
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private static List<String> lines(String input, Object... words) {
    CommandRun run = CommandRun.withInput(input, words);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    return run.out().lines().toList();
  }

  @Test
  void answersThatTheSearchDoesNotFindCanWin() {
    assertThat(lines("abcd\nbad\n", "translate", one)).doesNotContain("ABCD", "BAD");
    assertThat(lines("abcd\nbad\n", "translate", one, "--with", pairs, "--weights", "1,20"))
        .containsExactly("ABCD", "BAD");
    CommandRun evaluated =
        succeeded(
            "evaluate",
            one,
            "--split",
            "dev",
            "--with",
            pairs,
            "--weights",
            "1,20",
            "--metric",
            "exact-match");
    assertThat(evaluated.out())
        .contains("joint n-gram model " + pairs)
        .containsPattern("exact-match +100");
  }

  @Test
  void aScoreIsTheWeightedMeanOfBothModelsScores() throws IOException {
    JointNgram ngram = NgramCandidates.read(pairs);
    CommandRun run =
        CommandRun.withInput(
            "dab\nxa\n", // x is unknown to both models
            "translate",
            one,
            "--with",
            pairs,
            "--weights",
            "3,1",
            "--n-best",
            "4",
            "--json");
    List<String> found = run.out().lines().toList();
    assertThat(found).hasSize(2);
    try (Translator alone = Translator.load(one)) {
      for (String line : found) {
        JsonNode answer = JSON.readTree(line);
        String source = answer.get("source").asText();
        double before = Double.POSITIVE_INFINITY;
        assertThat(answer.get("hypotheses")).hasSize(4);
        for (JsonNode hypothesis : answer.get("hypotheses")) {
          String text = hypothesis.get("text").asText();
          double model = hypothesis.at("/scores/model").asDouble();
          double other = hypothesis.at("/scores/ngram").asDouble();
          double score = hypothesis.get("score").asDouble();
          assertThat(model).isCloseTo(alone.score(List.of(source), List.of(text))[0], within(1e-4));
          assertThat(other)
              .isEqualTo(ngram.scoreOrFloor(letters(source), letters(text)))
              .isNotInfinite();
          assertThat(score).isCloseTo(0.75 * model + 0.25 * other, within(1e-9));
          assertThat(score).isLessThanOrEqualTo(before);
          before = score;
        }
      }
    }
  }

  private static List<String> letters(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(""));
  }

  @Test
  void answersDoNotDependOnOtherSources() {
    List<String> sources = new ArrayList<>(List.of("abcd", "d", "cab", "", "aaaa", "bd", "dcba"));
    try (Translator alone = Translator.load(one)) {
      Translator joined =
          alone.joinedBy(new NgramCandidates(NgramCandidates.read(pairs)), "pairs", 0.5);
      List<String> together = texts(joined, sources);
      Collections.reverse(sources);
      List<String> reversed = new ArrayList<>(texts(joined, sources));
      Collections.reverse(reversed);
      assertThat(reversed).isEqualTo(together);
      Collections.reverse(sources);
      for (int i = 0; i < sources.size(); i++) {
        assertThat(texts(joined, List.of(sources.get(i)))).containsExactly(together.get(i));
      }
    }
  }

  private static List<String> texts(Translator translator, List<String> sources) {
    return translator.translate(sources).stream().map(Translation::text).toList();
  }

  @Test
  void anEnsembleIsJoinedAsOneModel() throws IOException {
    JsonNode hypothesis =
        JSON.readTree(
                lines(
                        "bca\n",
                        "translate",
                        one,
                        "--with",
                        pairs + "," + two,
                        "--weights",
                        "1,2,1",
                        "--json")
                    .get(0))
            .at("/hypotheses/0");
    double model = hypothesis.at("/scores/model").asDouble();
    assertThat(hypothesis.get("score").asDouble())
        .isCloseTo((model + hypothesis.at("/scores/ngram").asDouble()) / 2, within(1e-9));
    try (Translator first = Translator.load(one);
        Translator second = Translator.load(two)) {
      List<String> text = List.of(hypothesis.get("text").asText());
      double a = first.score(List.of("bca"), text)[0];
      double b = second.score(List.of("bca"), text)[0];
      assertThat(model).isBetween(Math.min(a, b) - 0.1, Math.max(a, b) + 0.1).isNotEqualTo(a);
    }
  }

  @Test
  void rulesHoldForAllAnswers() {
    assertThat(
            lines(
                "abcd\nbad\n",
                "translate",
                one,
                "--with",
                pairs,
                "--weights",
                "1,20",
                "--set",
                "search.rules.prefix=DD"))
        .hasSize(2)
        .allMatch(line -> line.startsWith("DD"));
    assertThat(
            lines(
                "abcd\n",
                "translate",
                one,
                "--with",
                pairs,
                "--weights",
                "1,20",
                "--set",
                "search.length.max=2"))
        .allMatch(line -> line.length() <= 2);
  }

  @Test
  void aModelOfOtherTokensIsToldOrRefused() throws IOException {
    write("other.tsv", "abcxyz");
    Path some = folder.resolve("some.arpa");
    succeeded("ngram", "train", config("other.tsv"), "--output", some, "--order", 2);
    CommandRun warned = CommandRun.withInput("ab\n", "translate", one, "--with", some);
    assertThat(warned.status()).isZero();
    assertThat(warned.err())
        .contains(
            "warning: " + some + ": 3 of its source tokens are unknown to the run, for example 'x'")
        .contains(some + ": 1 of the run's target tokens are unknown to it, for example 'D'");

    write("foreign.tsv", "xyz");
    Path foreign = folder.resolve("foreign.arpa");
    succeeded("ngram", "train", config("foreign.tsv"), "--output", foreign, "--order", 2);
    CommandRun refused = CommandRun.of("evaluate", one, "--split", "dev", "--with", foreign);
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .isEqualTo(
            "seq4j: "
                + foreign
                + ": its source tokens are not those of the run, for example 'x': expected a model"
                + " that was trained with the run's tokenizers\n");
  }

  @Test
  void aServerGivesTheAnswersOfTheCommand() throws IOException {
    List<String> wanted =
        lines(
            "dab\n",
            "translate",
            one,
            "--with",
            pairs,
            "--weights",
            "3,1.5",
            "--n-best",
            "4",
            "--json");
    try (ServedModels served =
        new ServedModels(
            ServedModels.options(50, Duration.ofSeconds(20), Optional.empty()),
            "both=" + one + ":3," + pairs + ":1.5",
            one + "," + pairs)) {
      assertThat(served.server.models()).containsExactly("both", "one");
      JsonNode hypotheses =
          JSON.readTree(
                  served
                      .post(
                          "/v1/translate",
                          "{\"model\": \"both\", \"text\": \"dab\", \"search\": {\"n_best\": 4}}")
                      .body())
              .at("/translations/0/hypotheses");
      JsonNode expected = JSON.readTree(wanted.get(0)).get("hypotheses");
      assertThat(hypotheses).hasSize(4);
      for (int i = 0; i < 4; i++) {
        for (String key : List.of("/text", "/score", "/scores/model", "/scores/ngram")) {
          assertThat(hypotheses.get(i).at(key)).as(key).isEqualTo(expected.get(i).at(key));
        }
      }
      HttpResponse<String> tree =
          served.post("/v1/translate", "{\"model\": \"both\", \"text\": \"dab\", \"tree\": true}");
      assertThat(tree.statusCode()).isEqualTo(400);
      assertThat(tree.body())
          .contains("attention weights and trees belong to a search, but " + pairs);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "translate RUN --with NGRAM --json --attention | 1 | attention weights and trees belong to a search, but NGRAM joins by whole answers: use one or the other",
        "translate RUN --with NGRAM --set search.type=sampling | 1 | search: type: sampling draws its answers, but NGRAM joins by whole answers",
        "translate RUN --with NGRAM,NGRAM | 2 | --with: expected at most one joint n-gram model, got NGRAM and NGRAM",
        "translate RUN --with RUN/config.yaml | 1 | config.yaml, line 1: expected \\data\\, with which a file of the ARPA format begins",
        "chat RUN --with NGRAM | 2 | --with NGRAM: expected the folder of a run; joint n-gram models, which are files, join only in translate, evaluate and serve",
        "serve NGRAM | 2 | NGRAM': expected the folder of a run, alone or beside this file",
        "serve a=RUN,NGRAM,NGRAM | 2 | expected at most one joint n-gram model",
        "serve RUN:0 | 2 | :0': expected a weight above 0",
        "serve RUN:2 | 2 | :2': a weight is that of one model among several; omit it",
        "serve a=RUN,,NGRAM | 2 | :WEIGHT]]...",
      })
  void whatCannotBeJoinedIsRefused(String words, int status, String message) {
    Object[] command =
        words.replace("RUN", one.toString()).replace("NGRAM", pairs.toString()).split(" ", -1);
    CommandRun refused = CommandRun.withInput("ab\n", command);
    assertThat(refused.err()).contains(message.replace("NGRAM", pairs.toString()));
    assertThat(refused.status()).isEqualTo(status);
  }
}
