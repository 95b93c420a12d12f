package org.seq4j.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.runtime.codec.SequenceFormatException;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.TranslationRequest;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.data.split.StableRandom;

/** Encoders of sources with two columns, trained. */
@Timeout(300)
final class ColumnsTest {
  private static final String CONFIG =
      """
      name: columns
      data:
        train: {file: NAME.tsv, source: [0, 1], separator: "\\t", target: 2}
        dev: {file: dev.NAME.tsv, source: [0, 1], separator: "\\t", target: 2}
        test: {file: dev.NAME.tsv, source: [0, 1], separator: "\\t", target: 2}
      source:
        tokenizer: {type: columns, columns: [{}, {}]}
        vocabulary: {min_frequency: 3}
      target: {tokenizer: whitespace, vocabulary: {min_frequency: 3}}
      model:
        embedding: {source: 16, target: 16}
        encoder: ENCODER
        decoder: {type: rnn, cell: gru, units: 48, attention: bahdanau}
        output: pointer-generator
      training:
        batch: {size: 20}
        optimizer: adam
        learning_rate: 0.005
        epochs: 12
        threads: 1
      """;
  private static final String RNN = "{type: rnn, cell: gru, units: 24, bidirectional: true}";

  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void write() {
    run = folder.resolve("run");
    StableRandom random = new StableRandom(3);
    write("sources", "{type: multi-source, encoders: [" + RNN + ", " + RNN + "]}");
    ToyExperiment.write(folder.resolve("sources.tsv"), sources(random, 400));
    ToyExperiment.write(folder.resolve("dev.sources.tsv"), sources(random, 40));
    write("factors", "{type: factors, encoder: " + RNN + "}");
    ToyExperiment.write(folder.resolve("factors.tsv"), factors(random, 400));
    ToyExperiment.write(folder.resolve("dev.factors.tsv"), factors(random, 40));
  }

  private void write(String name, String encoder) {
    String config = CONFIG.replace("NAME", name).replace("ENCODER", encoder);
    ToyExperiment.write(
        folder.resolve(name + ".yaml"),
        name.equals("factors")
            ? config.replace("type: columns,", "type: columns, aligned: true,")
            : config);
  }

  private static String name(StableRandom random) {
    return "N" + random.nextInt(1_000_000);
  }

  /** A name in each column; in every fifth pair the second column is empty. */
  private static String sources(StableRandom random, int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String a = name(random);
      String b = name(random);
      String verb = List.of("greets", "sees", "calls").get(random.nextInt(3));
      lines.append(
          i % 5 == 0
              ? "%s %s\t\t%s %s\n".formatted(a, verb, a, verb)
              : "%s %s\t%s\t%s was %s by %s\n".formatted(a, verb, b, b, verb, a));
    }
    return lines.toString();
  }

  /** A tag for the whole, or one for each word, of which the first counts. */
  private static String factors(StableRandom random, int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String a = name(random);
      String b = name(random);
      boolean active = random.nextInt(2) == 0;
      String tag = active ? "A" : "P";
      lines.append(
          "%s sees %s\t%s\t%s\n"
              .formatted(
                  a,
                  b,
                  i % 2 == 0 ? tag : tag + " - -",
                  active ? a + " sees " + b : b + " seen by " + a));
    }
    return lines.toString();
  }

  private Experiment load(String name, String... overrides) {
    return Experiment.load(
        folder.resolve(name + ".yaml"), ToyExperiment.REGISTRY, List.of(overrides));
  }

  @Test
  void unseenNamesOfBothColumnsAreCopiedFromTheirPositions() {
    load("sources").train(run);
    assertThat(load("sources").evaluate(run, SplitName.TEST).scores().get(0).value())
        .isGreaterThan(0.9);
    try (Translator translator = Translator.load(run)) {
      String source = "Ada sees\tBob"; // positions 0 1, a mark, 3
      Translation.Candidate best = translated(translator, source);
      assertThat(best.text()).isEqualTo("Bob was sees by Ada");
      assertThat(best.alignment()).contains(new Translation.Link(3, 0), new Translation.Link(0, 4));
      assertThat(best.attention()[0]).hasSize(4);
      assertThat(best.attention()[0][3]).isGreaterThan(0.5f);
      double right = translator.score(List.of(source), List.of("Bob was sees by Ada"))[0];
      assertThat(best.score()).isCloseTo(right, within(1e-3));
      // with and without the tab
      assertThat(translated(translator, "Ada sees\t").text()).isEqualTo("Ada sees");
      assertThat(translated(translator, "Ada sees").score()).isFinite();
    }
  }

  @Test
  void aFactorChangesTheResultAndTokensAreCopied() {
    load("factors").train(run);
    assertThat(load("factors").evaluate(run, SplitName.TEST).scores().get(0).value())
        .isGreaterThan(0.9);
    try (Translator translator = Translator.load(run)) {
      assertThat(translated(translator, "Ada sees Bob\tA").text()).isEqualTo("Ada sees Bob");
      Translation.Candidate best = translated(translator, "Ada sees Bob\tP - -");
      assertThat(best.text()).isEqualTo("Bob seen by Ada");
      assertThat(best.alignment()).contains(new Translation.Link(2, 0), new Translation.Link(0, 3));
      assertThat(best.attention()[0]).hasSize(7);
      double right =
          translator.score(List.of("Ada sees Bob\tP - -"), List.of("Bob seen by Ada"))[0];
      assertThat(best.score()).isCloseTo(right, within(1e-3));
    }
  }

  private static Translation.Candidate translated(Translator translator, String source) {
    TranslationRequest request = new TranslationRequest(source, translator.search(), true);
    return translator.translateAll(List.of(request)).get(0).best();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sources", "factors"})
  void aRunThatWasStoppedEndsAsOneThatWasNot(String name) {
    Recorder recorder = Recorder.stoppingAfter(25);
    load(name, "training.epochs=2", "training.threads=2").train(run, recorder.stop, recorder);
    load(name, "training.epochs=2", "training.threads=2").resume(run);
    load(name, "training.epochs=2", "training.threads=2").train(folder.resolve("whole"));
    assertThat(ToyExperiment.weights(new RunDirectory(run).lastCheckpoints().get(0)))
        .isEqualTo(
            ToyExperiment.weights(
                new RunDirectory(folder.resolve("whole")).lastCheckpoints().get(0)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sources", "factors"})
  void aSourceWithoutColumnsIsRefusedBeforeDataAreRead(String name) {
    Experiment experiment = load(name, "source.tokenizer=whitespace");
    assertThatThrownBy(experiment::verifyModel)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("model: the model cannot be built: the encoder ")
        .hasMessageContaining(
            "needs a source with columns: write source.tokenizer: {type: columns");
  }

  @Test
  void factorsNeedColumnsThatAreAligned() {
    Experiment experiment = load("factors", "source.tokenizer.aligned=false");
    assertThatThrownBy(experiment::verifyModel)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("add aligned: true to source.tokenizer");
  }

  /** The message of a file has the line; that of a request has none. */
  @Test
  void columnsThatAreNotAlignedAreRefused() {
    ToyExperiment.write(
        folder.resolve("factors.tsv"),
        """
        a b c\tA\ta
        a b c\tA -\ta
        b c\t\ta
        a\tP\tb
        """);
    String message = "column 1 has 2 tokens, but column 0 has 3: expected as many, or a single one";
    assertThatThrownBy(() -> load("factors").train(run))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(folder.resolve("factors.tsv") + ", line 2")
        .hasMessageContaining(message);
    assertThat(run).doesNotExist();
    Recorder recorder = Recorder.untilTheEnd();
    load(
            "factors",
            "data.on_error=skip",
            "training.epochs=1",
            "source.vocabulary.min_frequency=1",
            "target.vocabulary.min_frequency=1")
        .train(run, recorder.stop, recorder);
    assertThat(recorder.plans.get(0).train().orElseThrow().leftOut().counts())
        .containsEntry(SkippedExamples.Reason.MALFORMED, 2L);
    try (Translator translator = Translator.load(run)) {
      assertThatThrownBy(() -> translated(translator, "a b c\tA -"))
          .isInstanceOf(SequenceFormatException.class)
          .hasMessageContaining(message);
      assertThatThrownBy(() -> translated(translator, "a b c"))
          .isInstanceOf(SequenceFormatException.class)
          .hasMessage("expected 2 columns (tokenizer columns with aligned: true), got 1");
      assertThat(translated(translator, "").text()).isNotNull();
    }
  }
}
