package org.seq4j.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.trainer.experiment.Experiment;

/** A training on a table is that on files with the same pairs in the order of their hashes. */
final class EstimatorTest {
  private static final String CONFIG =
      """
      name: toy
      data: {filter: {source_script: latin}}
      model:
        embedding: {source: 8, target: 8}
        encoder: {type: rnn, cell: gru, units: 16, dropout: 0.2}
        decoder: {type: rnn, cell: gru, units: 16, attention: luong}
      training:
        batch: {size: 16}
        learning_rate: 0.01
        epochs: 10
        max_steps: 8
        local_steps: 2
        outer: {}
        validation: {every_steps: 4}
        threads: 1
      """;

  private static final String OTHER_SCRIPT = "\u0430 \u0431"; // which the filter skips

  @TempDir Path folder;

  @Test
  void theTablesModelIsThatOfItsFiles() throws Exception {
    Path config = Files.writeString(folder.resolve("toy.yaml"), CONFIG, UTF_8);
    List<String> train = new ArrayList<>(ToyRun.sources(200, 5));
    train.add(OTHER_SCRIPT);
    List<String> dev = ToyRun.sources(220, 5).subList(200, 220);
    Path table = table(train, dev);
    RunDirectory run = new RunDirectory(folder.resolve("run"));
    Path out = Files.createDirectory(folder.resolve("out"));
    SparkProcess.Result result =
        new SparkProcess(SparkProcess.Version.SPARK_3_5, folder)
            .master("local-cluster[2,2,1024]")
            .optimizingAsHere()
            .program(
                EstimatorProgram.class,
                config.toString(),
                table.toString(),
                run.path().toUri().toString(),
                out.toString(),
                "training.workers=3");
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    Path trainFile = out.resolve("train.tsv");
    Path devFile = out.resolve("dev.tsv");
    assertThat(sources(trainFile)).containsExactlyInAnyOrderElementsOf(train);
    assertThat(sources(devFile)).containsExactlyInAnyOrderElementsOf(dev);
    assertThat(out.resolve("stages.txt"))
        .as("the executors encode the pairs")
        .content()
        .contains("at TableData.java");
    RunDirectory expected = trained(3, config, trainFile, devFile);
    TrainJobTest.checkSame(expected, run, 8);
    TrainJobTest.checkSame(
        trained(1, config, trainFile, devFile),
        new RunDirectory(folder.resolve("run-of-one-worker")),
        8);
    try (Translator translator = Translator.load(expected.path())) {
      List<String> answers = new ArrayList<>();
      for (Translation answer : translator.translate(sources(devFile))) {
        answers.add(answer.source() + "\t" + answer.text());
      }
      assertThat(Files.readAllLines(out.resolve("answers.tsv"), UTF_8)).isEqualTo(answers);
    }
    checkErrors(Files.readAllLines(out.resolve("errors.txt"), UTF_8));
  }

  /** Trains on files in this process. */
  private RunDirectory trained(int workers, Path config, Path train, Path dev) {
    RunDirectory run = new RunDirectory(folder.resolve("expected-" + workers));
    Experiment.load(
            config,
            new PluginLoader().classPath(),
            List.of(
                "training.workers=" + workers,
                "data.train=" + corpus(train),
                "data.dev=" + corpus(dev)))
        .train(run.path());
    return run;
  }

  private static void checkErrors(List<String> errors) {
    assertThat(errors).hasSize(7).last().isEqualTo("kept in memory: 0");
    assertThat(errors.get(0)).contains("there is no column 'no'; the table has");
    assertThat(errors.get(1)).contains("column check has the type boolean, expected string");
    assertThat(errors.get(2)).contains("column to exists already; name another output column");
    assertThat(errors.get(3)).startsWith("ConfigException").contains("model.decodr");
    assertThat(errors.get(4))
        .endsWith("the table has no row to train on, with a value in from.left and in to");
    assertThat(errors.get(5)).contains("no row to validate on, where check is true, with a value");
  }

  /** Writes pairs of equal texts in any order, and rows that lack a text. */
  private Path table(List<String> train, List<String> dev) throws IOException {
    List<String> rows = new ArrayList<>();
    for (String text : train) {
      String line = "{\"from.left\": \"%s\", \"to\": \"%s\", \"check\": false}";
      rows.add(line.formatted(text.replace(" ", "\\n"), text)); // of several lines
    }
    for (String text : dev) {
      String line = "{\"from.left\": \"%s\", \"to\": \"%s\", \"check\": true}";
      rows.add(line.formatted(text, text));
    }
    rows.add("{\"from.left\": \"a\", \"check\": false}");
    rows.add("{\"to\": \"a\", \"check\": true}");
    Collections.shuffle(rows, new Random(1));
    return Files.write(folder.resolve("table.json"), rows, UTF_8);
  }

  private static List<String> sources(Path pairs) throws IOException {
    return Files.readAllLines(pairs, UTF_8).stream()
        .map(line -> line.substring(0, line.indexOf('\t')))
        .toList();
  }

  private static String corpus(Path file) {
    return "{file: '%s', source: 0, target: 1}".formatted(file);
  }
}
