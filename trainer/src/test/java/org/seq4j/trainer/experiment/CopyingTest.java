package org.seq4j.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.data.split.StableRandom;

/** "NAME says hello to NAME": names that training has never seen have to be copied. */
@Timeout(300)
final class CopyingTest {
  private static final String CONFIG =
      """
      name: copying
      data:
        train: {file: train.tsv, source: 0, target: 1}
        dev: {file: dev.tsv, source: 0, target: 1}
        test: {file: dev.tsv, source: 0, target: 1}
      source: {tokenizer: whitespace, vocabulary: {min_frequency: 3}}
      target: {tokenizer: whitespace, vocabulary: {min_frequency: 3}}
      model:
        embedding: {source: 16, target: 16}
        encoder: {type: rnn, cell: gru, units: 24, bidirectional: true}
        decoder: {type: rnn, cell: gru, units: 48, attention: bahdanau}
        output: pointer-generator
      training:
        batch: {size: 20}
        optimizer: adam
        learning_rate: 0.005
        epochs: 12
        threads: 1
      evaluation: {metrics: [exact-match, ser]}
      """;

  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void write() {
    run = folder.resolve("run");
    StableRandom random = new StableRandom(3);
    ToyExperiment.write(folder.resolve("train.tsv"), pairs(random, 400));
    ToyExperiment.write(folder.resolve("dev.tsv"), pairs(random, 40));
    ToyExperiment.write(folder.resolve("copying.yaml"), CONFIG);
  }

  private static String name(StableRandom random) {
    return "N" + random.nextInt(1_000_000);
  }

  private static String pairs(StableRandom random, int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String a = name(random);
      String b = name(random);
      String verb = List.of("greets", "sees", "calls").get(random.nextInt(3));
      lines.append("%s %s %s\t%s was %s by %s\n".formatted(a, verb, b, b, verb, a));
    }
    return lines.toString();
  }

  private Experiment load(String... overrides) {
    return Experiment.load(
        folder.resolve("copying.yaml"), ToyExperiment.REGISTRY, List.of(overrides));
  }

  @Test
  void unseenNamesAreCopied() {
    load().train(run);
    assertThat(load().evaluate(run, SplitName.TEST).scores().get(0).value()).isGreaterThan(0.9);
    try (Translator translator = Translator.load(run)) {
      var answer = translator.translate(List.of("Ada sees Bob")).get(0);
      assertThat(answer.best().text()).isEqualTo("Bob was sees by Ada");
      double right = translator.score(List.of("Ada sees Bob"), List.of("Bob was sees by Ada"))[0];
      double wrong = translator.score(List.of("Ada sees Bob"), List.of("Bob was sees by Eve"))[0];
      assertThat(right).isGreaterThan(wrong);
      assertThat(answer.best().score())
          .isCloseTo(right, org.assertj.core.api.Assertions.within(1e-3));
    }
  }

  /** What it is for: without it no name that is not in the vocabulary can be said. */
  @Test
  void withoutCopyingTheyAreUnknown() {
    load("model.output=softmax", "training.epochs=2").train(run);
    assertThat(load().evaluate(run, SplitName.TEST).scores().get(0).value()).isZero();
  }

  @Test
  void aRunThatWasStoppedEndsAsOneThatWasNot() {
    Recorder recorder = Recorder.stoppingAfter(25);
    load("training.epochs=2").train(run, recorder.stop, recorder);
    load("training.epochs=2").resume(run);
    load("training.epochs=2").train(folder.resolve("whole"));
    assertThat(ToyExperiment.weights(new RunDirectory(run).lastCheckpoints().get(0)))
        .isEqualTo(
            ToyExperiment.weights(
                new RunDirectory(folder.resolve("whole")).lastCheckpoints().get(0)));
  }
}
