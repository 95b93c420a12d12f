package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.primitives.Floats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.weights.SafeTensors;

/** Trains a tiny model once and uses it in every way that the command has. */
final class TrainedModelTest {
  @TempDir static Path folder;
  private static Path config;
  private static Path run;
  private static CommandRun training;

  @BeforeAll
  static void train() throws IOException {
    config = ToyConfig.write(folder);
    run = folder.resolve("run");
    training = CommandRun.of("train", config, "--run", run, "--verbose");
  }

  @Test
  void trainingTellsHowItGoesAndWhatIsNext() {
    assertThat(training.status()).as(training.err()).isZero();
    assertThat(training.err())
        .contains("data: 40 pairs to train on, 40 to validate on\n")
        .contains("4 steps to make, 2 per epoch\n")
        .contains("step 1 of 4  epoch 1  loss ")
        .contains("validation at step 4, epoch 2:  loss ");
    assertThat(training.out())
        .startsWith("trained: 4 steps, 2 epochs in ")
        .endsWith(
            String.join(
                " " + run + "\n", "  seq4j evaluate", "  seq4j translate", "  seq4j report", ""));
  }

  @Test
  void aRunFolderThatExistsIsNotOverwritten() {
    CommandRun again = CommandRun.of("train", config, "--run", run);

    assertThat(again.err())
        .contains(run + " already holds a run. To resume it: seq4j train --resume --run " + run);
    assertThat(again.status()).isEqualTo(1);
  }

  @Test
  void resumesWithTheRunsOwnConfig() throws IOException {
    Path copy = folder.resolve("own");
    RunDirectory files = new RunDirectory(copy);
    CommandRun.of(
        "train", config, "--run", copy, "--set", "training.max_steps=2", "--set", "data.test=");
    String begun = Files.readString(files.config());

    CommandRun same = CommandRun.of("train", config, "--run", copy, "--resume");
    assertThat(same.err())
        .contains("data.test.file: is ")
        .contains(", was absent")
        .contains("omit the config: seq4j train --resume --run " + copy);
    CommandRun again =
        CommandRun.of("train", config, "--run", copy, "--resume", "--set", "data.test=");
    assertThat(again.err())
        .contains("training.max_steps stays 2, as in the run; " + config + " has 4. To change it")
        .contains("resuming from step 2: 0 steps to make");
    assertThat(Files.readString(files.config())).isEqualTo(begun);

    CommandRun more =
        CommandRun.of("train", "--resume", "--run", copy, "--set", "training.max_steps=4");
    assertThat(more.err())
        .contains("training.max_steps is now 4; it was 2\n")
        .contains("resuming from step 2: 2 steps to make");
    assertThat(weights(copy)).isEqualTo(weights(run));
    assertThat(Files.readString(files.config()))
        .isEqualTo(
            begun.replace("2 # --set training.max_steps=2", "4 # --set training.max_steps=4"));
    assertThat(Files.readString(copy.resolve("train.log"))).contains("Z  resuming from step 2:");

    CommandRun evaluation = CommandRun.of("evaluate", copy);
    assertThat(evaluation.err()).contains("the experiment has no data.test: evaluating on dev");
    assertThat(evaluation.out()).startsWith(copy + " on dev: 40 examples\n");
  }

  @Test
  void refusesToResumeWithAnotherExperiment() {
    CommandRun refused =
        CommandRun.of("train", config, "--run", run, "--resume", "--set", "seed=7");
    assertThat(refused.err()).contains("seed: was 1, is 7");
    assertThat(refused.status()).isEqualTo(1);
    CommandRun noRun = CommandRun.of("train", "--resume");
    assertThat(noRun.err()).contains("--resume needs the run: name its folder with --run");
    assertThat(noRun.status()).isEqualTo(2);
  }

  @Test
  void writesTheAnswersAndConfidenceIntervalsOfAnEvaluation() throws IOException {
    Path answers = folder.resolve("answers.tsv");
    CommandRun evaluation =
        CommandRun.of("evaluate", run, "--output", answers, "--confidence", "--checkpoint", "last");
    assertThat(evaluation.status()).as(evaluation.err()).isZero();
    assertThat(evaluation.out())
        .startsWith(run + " (checkpoint last) on test: 40 examples\n")
        .containsPattern("exact-match +[0-9.]+ % +\\[[0-9.]+ to [0-9.]+ %]\n");
    assertThat(Files.readAllLines(answers))
        .hasSize(40)
        .allMatch(line -> line.split("\t", -1).length == 3);
  }

  @Test
  void aScoreHasAsManyDigitsAsAskedFor() throws IOException {
    Path lines = Files.writeString(folder.resolve("lines.txt"), "abc\n");
    CommandRun scored =
        CommandRun.of("score", run, "--source", lines, "--target", lines, "--digits", 9);
    assertThat(scored.out()).matches("-\\d+\\.\\d{9}\n");
  }

  @Test
  void rulesThatExcludeEachOtherAreRefusedOrTold() {
    CommandRun refused =
        CommandRun.withInput(
            "abc\n", "translate", run, "--set", "search.rules={required: [aa], forbidden: [a]}");
    assertThat(refused.err())
        .contains("search.rules: the required text 'aa' contains the forbidden text 'a'");
    assertThat(refused.status()).isEqualTo(1);
    CommandRun deadEnd =
        CommandRun.withInput(
            "abc\nb\n",
            "translate",
            run,
            "--set",
            "search.rules={required: [aa, ab], forbidden: [aab, baa, aaa, aac, aad, bb, bc, bd]}");
    assertThat(deadEnd.err()).contains("the rules of the search allowed no further token");
    CommandRun unknown =
        CommandRun.withInput("abc\n", "translate", run, "--set", "search.rules.forbidden=['%']");
    assertThat(unknown.err())
        .contains("warning: search.rules.forbidden: '%' has no effect: the model cannot generate");
    assertThat(unknown.status()).isZero();
  }

  @Test
  void translatesLineByLine() {
    CommandRun translation = CommandRun.withInput("abc\n\n?!\u00e4\n \na", "translate", run);

    assertThat(translation.status()).as(translation.err()).isZero();
    assertThat(translation.out().split("\n", -1)).hasSize(6);
    assertThat(translation.out().split("\n", -1)[1]).isEmpty();
  }

  @Test
  void listsSeveralHypotheses() {
    CommandRun translation = CommandRun.withInput("abc\n\nb\n", "translate", run, "--n-best", 2);

    assertThat(translation.out().lines())
        .allMatch(line -> line.matches("[123]\t-?\\d+\\.\\d{4}\t.*"));
    assertThat(translation.out().lines().filter(line -> line.startsWith("1\t"))).hasSize(2);
    assertThat(translation.out().lines().filter(line -> line.startsWith("2\t"))).hasSize(1);
  }

  @Test
  void writesJson() throws IOException {
    CommandRun translation =
        CommandRun.withInput("abc\n", "translate", run, "--json", "--attention", "--beam", 3);

    JsonNode object = new ObjectMapper().readTree(translation.out());
    assertThat(object.get("source").asText()).isEqualTo("abc");
    assertThat(object.get("source_tokens")).hasSize(3);
    JsonNode best = object.get("hypotheses").get(0);
    assertThat(best.get("score").asDouble()).isNegative();
    assertThat(best.get("attention")).hasSameSizeAs(best.get("tokens"));
  }

  @Test
  void tellsTheTextSoFarBeforeEachAnswer() throws IOException {
    CommandRun streamed =
        CommandRun.withInput("abc\n\nb\n", "translate", run, "--json", "--stream");
    String whole = CommandRun.withInput("abc\n\nb\n", "translate", run, "--json").out();

    List<String> lines = streamed.out().lines().toList();
    assertThat(String.join("\n", lines.stream().filter(it -> !it.contains("so_far")).toList()))
        .isEqualTo(whole.strip());
    List<String> expected = new ArrayList<>(); // the model is greedy: it only adds
    for (String line : whole.split("\n", -1)) {
      if (!line.isEmpty()) {
        JsonNode best = new ObjectMapper().readTree(line).get("hypotheses").get(0);
        StringBuilder text = new StringBuilder();
        for (JsonNode token : best.get("tokens")) {
          expected.add("{\"so_far\":\"%s\"}".formatted(text.append(token.asText())));
        }
        expected.add(line);
      }
    }
    assertThat(lines).isEqualTo(expected);
    CommandRun refused = CommandRun.of("translate", run, "--stream");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("--stream requires --json");
  }

  @Test
  void readsAndWritesFiles() throws IOException {
    Path input = Files.writeString(folder.resolve("in.txt"), "a\nb\n");
    Path output = folder.resolve("out.txt");

    CommandRun.of("translate", run, "--input", input, "--output", output);

    assertThat(Files.readAllLines(output)).hasSize(2);
  }

  @Test
  void aLineThatIsNotUtf8EndsItAndLeavesNoFile() {
    byte[] input = "ab\na\u00e4\n".getBytes(StandardCharsets.ISO_8859_1);
    Path output = folder.resolve("none.txt");

    CommandRun translation = CommandRun.withInput(input, "translate", run, "--output", output);

    assertThat(translation.err()).startsWith("seq4j: stdin, line 2, byte ");
    assertThat(translation.status()).isEqualTo(1);
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().contains("none.txt"));
  }

  @Test
  void scoresATestSetBySourceLength() {
    CommandRun evaluation = CommandRun.of("evaluate", run);

    assertThat(evaluation.status()).as(evaluation.err()).isZero();
    assertThat(evaluation.out())
        .startsWith(run + " on test: 40 examples\n  exact-match  ")
        .contains("\nsource length  examples  exact-match")
        .contains("\n1-5 ");
  }

  @Test
  void baselinesAreScoredBesideTheModel() throws IOException {
    CommandRun evaluation =
        CommandRun.of(
            "evaluate", run, "--baseline", "copy,nearest", "--metric", "exact-match,perplexity");
    assertThat(evaluation.status()).as(evaluation.err()).isZero();
    assertThat(evaluation.out())
        .containsPattern("\nbaseline +exact-match +perplexity\n")
        .containsPattern("\ncopy +[0-9.]+ % +-\n")
        .containsPattern("\nnearest +[0-9.]+ % +-\n")
        .containsPattern("\nthis model +[0-9.]+ % +[0-9.]+\n");
    JsonNode report = json(CommandRun.of("evaluate", run, "--baseline", "lead:1", "--json").out());
    assertThat(report.at("/baselines/lead:1/exact-match").isNumber()).isTrue();
    CommandRun refused = CommandRun.of("evaluate", run, "--baseline", "lead");
    assertThat(refused.err())
        .contains(
            "--baseline: no baseline named 'lead'; there are lead:N, first-sentence, copy, nearest, template");
    assertThat(refused.status()).isEqualTo(2);
  }

  @Test
  void generateIsAnotherNameOfTranslate() {
    CommandRun translated = CommandRun.withInput("abc\n", "translate", run);
    assertThat(translated.status()).isZero();
    assertThat(CommandRun.withInput("abc\n", "generate", run).out()).isEqualTo(translated.out());
  }

  @Test
  void scoresOtherFiles() throws IOException {
    Path source = Files.writeString(folder.resolve("source.txt"), "ab\n");
    Path reference = Files.writeString(folder.resolve("reference.txt"), "ba\tab\n");

    CommandRun evaluation =
        CommandRun.of(
            "evaluate",
            run,
            "--source",
            source,
            "--reference",
            reference,
            "--metric",
            "ser",
            "--beam",
            2,
            "--json");

    assertThat(evaluation.status()).as(evaluation.err()).isZero();
    JsonNode report = json(evaluation.out());
    assertThat(report.get("examples").asInt()).isEqualTo(1);
    assertThat(report.get("scores").fieldNames()).toIterable().containsExactly("ser");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--metric=ser,exact-match", "--metric=ser --metric=exact-match"})
  void scoresByTheMetricsThatAreAskedFor(String options) throws IOException {
    List<Object> words = new ArrayList<>(List.of("evaluate", run, "--json"));
    words.addAll(List.of(options.split(" ", -1)));

    CommandRun evaluation = CommandRun.of(words.toArray());

    assertThat(evaluation.status()).as(evaluation.err()).isZero();
    assertThat(json(evaluation.out()).get("scores").fieldNames())
        .toIterable()
        .containsExactly("ser", "exact-match");
  }

  @Test
  void aMetricThatTheRunDoesNotConfigureIsAsByDefault() throws IOException {
    Path copy = copyOfRun("one-metric");
    Path written = copy.resolve("config.yaml");
    String text = Files.readString(written);
    assertThat(text).contains("- type: ser\n");
    Files.writeString(written, text.replaceFirst("(?s)\n +- type: ser\n", "\n"));

    CommandRun evaluation = CommandRun.of("evaluate", copy, "--json", "--metric", "ser");

    assertThat(evaluation.status()).as(evaluation.err()).isZero();
    assertThat(json(evaluation.out()).get("scores").fieldNames())
        .toIterable()
        .containsExactly("ser");
  }

  @Test
  void tellsOfLinesThatAreLongerThanTheModelReads() throws IOException {
    Path copy = copyOfRun("short");
    Path written = copy.resolve("config.yaml");
    Files.writeString(
        written, Files.readString(written).replaceAll("max_length: \\d+", "max_length: 2"));

    CommandRun translation = CommandRun.withInput("abc\nab\n", "translate", copy, "--json");

    assertThat(translation.err())
        .isEqualTo("1 of 2 lines is longer than the model's 2 source tokens and was truncated\n");
    List<String> lines = translation.out().lines().toList();
    assertThat(json(lines.get(0)).get("cut").asBoolean()).isTrue();
    assertThat(json(lines.get(1)).has("cut")).isFalse();
    assertThat(CommandRun.of("evaluate", copy).err())
        .containsPattern("^\\d+ of 40 lines are longer than the model's 2 source tokens and were");
  }

  @Test
  void aFileToScoreThatIsNotThere() {
    CommandRun evaluation = CommandRun.of("evaluate", run, "--source", "x.txt", "--reference", "y");

    assertThat(evaluation.err()).isEqualTo("seq4j: no such file: x.txt\n");
    assertThat(evaluation.status()).isEqualTo(1);
  }

  @Test
  void inspectsARun() {
    CommandRun inspection = CommandRun.of("inspect", run);

    assertThat(inspection.out())
        .contains("decoder    rnn (cell gru, units 8, attention luong)")
        .contains("vocabulary 8 source tokens, 8 target tokens")
        .containsPattern("checkpoints/best-\\d+.safetensors")
        .containsPattern("embedding.source +8 x 4 +32\n")
        .contains("exact-match")
        .doesNotContain("optimizer.");
    assertThat(inspection.status()).isZero();
  }

  @Test
  void inspectsARunThatHasNoCheckpointYetAndIsBeingWritten() throws IOException {
    Path copy = copyOfRun("begun");
    RunDirectory files = new RunDirectory(copy);
    Path best = files.bestCheckpoints().get(0);
    for (Path checkpoint : List.of(best, files.lastCheckpoints().get(0))) {
      byte[] bytes = Files.readAllBytes(checkpoint);
      Files.write(checkpoint, java.util.Arrays.copyOf(bytes, bytes.length - 10));
    }

    for (String command : List.of("translate", "evaluate", "inspect")) {
      CommandRun use = CommandRun.of(command, copy);
      assertThat(use.err()).startsWith("seq4j: " + best + " is damaged: ");
      assertThat(use.status()).isEqualTo(1);
    }
    CommandRun resumed = CommandRun.of("train", config, "--run", copy, "--resume");
    assertThat(resumed.err())
        .contains("warning: " + copy)
        .containsPattern("last-\\d+.safetensors is damaged: .* Training resumes from .*last-\\d+");
    assertThat(resumed.status()).isZero();
  }

  @Test
  void aFolderThatIsNoRun() {
    CommandRun translation = CommandRun.of("translate", folder.resolve("nowhere"));

    assertThat(translation.err())
        .startsWith("seq4j: " + folder.resolve("nowhere") + " does not exist");
    assertThat(translation.status()).isEqualTo(1);
  }

  private static Map<String, List<Float>> weights(Path folder) {
    Map<String, List<Float>> weights = new TreeMap<>();
    SafeTensors.read(new RunDirectory(folder).lastCheckpoints().get(0))
        .arrays()
        .forEach((name, array) -> weights.put(name, Floats.asList(array.values())));
    return weights;
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private static Path copyOfRun(String name) throws IOException {
    Path copy = folder.resolve(name);
    try (var files = Files.walk(run)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(run.relativize(file).toString()));
      }
    }
    return copy;
  }
}
