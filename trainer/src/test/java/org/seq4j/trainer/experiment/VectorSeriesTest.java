package org.seq4j.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.runtime.codec.SequenceFormatException;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.data.split.StableRandom;

/** Sequences of two numbers, of which the target has the sum and the difference. */
@Timeout(300)
final class VectorSeriesTest {
  private static final String CONFIG =
      """
      name: series
      data:
        train: {file: train.tsv, source: 0, target: 1}
        dev: {file: dev.tsv, source: 0, target: 1}
        test: {file: dev.tsv, source: 0, target: 1}
      source: {type: vectors, depth: 2}
      target: {type: vectors, depth: 2}
      model:
        encoder: {type: rnn, cell: gru, units: 16, bidirectional: true, dropout: 0.02}
        decoder: {type: rnn, cell: gru, units: 32, attention: luong}
      training:
        batch: {size: 20}
        optimizer: adam
        learning_rate: 0.01
        epochs: 20
        threads: 1
      evaluation: {metrics: [mse, mae]}
      """;

  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void write() {
    run = folder.resolve("run");
    StableRandom random = new StableRandom(7);
    ToyExperiment.write(folder.resolve("train.tsv"), pairs(random, 200));
    ToyExperiment.write(folder.resolve("dev.tsv"), pairs(random, 20));
    ToyExperiment.write(folder.resolve("series.yaml"), CONFIG);
  }

  private static String pairs(StableRandom random, int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      StringBuilder source = new StringBuilder();
      StringBuilder target = new StringBuilder();
      int length = 1 + random.nextInt(5);
      for (int t = 0; t < length; t++) {
        float a = (random.nextInt(200) - 100) / 100f;
        float b = (random.nextInt(200) - 100) / 100f;
        source.append(t > 0 ? "; " : "").append(a).append(' ').append(b);
        target.append(t > 0 ? "; " : "").append(a + b).append(' ').append(a - b);
      }
      lines.append(source).append('\t').append(target).append('\n');
    }
    return lines.toString();
  }

  private Experiment load(String... overrides) {
    return Experiment.load(
        folder.resolve("series.yaml"), ToyExperiment.REGISTRY, List.of(overrides));
  }

  @Test
  void areLearnedAndGeneratedAsLongAsTheSource() {
    Recorder recorder = Recorder.untilTheEnd();
    load().train(run, recorder);
    double first = recorder.validations.get(0).loss();
    double last = recorder.validations.get(recorder.validations.size() - 1).loss();
    assertThat(last).isLessThan(first / 4);
    var evaluation = load().evaluate(run, SplitName.TEST);
    assertThat(evaluation.scores().get(0).value()).isLessThan(0.2); // of zeros it were 0.67
    try (Translator translator = Translator.load(run)) {
      var translation = translator.translate(List.of("0.5 0.25; 0.1 -0.1", "")).get(0);
      assertThat(translation.best().tokenTexts()).hasSize(2);
      assertThat(translation.best().text().split("; ", -1)).hasSize(2);
      assertThat(translator.translate(List.of("")).get(0).best().text()).isEmpty();
      assertThatThrownBy(() -> translator.translate(List.of("1 2 3")))
          .isInstanceOf(SequenceFormatException.class)
          .hasMessage("vector 1: expected 2 numbers (depth), got 3");
    }
    assertThat(new RunDirectory(run).sourceVocabulary()).doesNotExist();
  }

  /** Version 0.1 wrote an output layer that it did not take. */
  @Test
  void aRunOfVersion01IsUsedAndGoneOnWith() throws IOException {
    load("training.epochs=1").train(run);
    Path config = new RunDirectory(run).config();
    String written = Files.readString(config);
    Files.writeString(
        config, written.replace("\ntraining:", "\n  output:\n    type: softmax\ntraining:"));
    assertThat(Files.readString(config)).isNotEqualTo(written);

    try (Translator translator = Translator.load(run)) {
      assertThat(translator.translate("0.5 0.25").best().tokenTexts()).hasSize(1);
    }
    assertThat(load("training.epochs=2").resume(run).epochs()).isEqualTo(2);
  }

  @Test
  void numbersGoInAndComeOutAsNumbers() {
    load("training.max_steps=2").train(run);
    try (Translator translator = Translator.load(run)) {
      VectorsValue source =
          new VectorsValue(new FeatureSequence(2, new float[] {0.5f, 0.25f, 0.1f, -0.1f}));
      var ofText = translator.translate("0.50 0.25; 0.1 -0.1").best();
      var ofNumbers = translator.translateAll(List.of(source), translator.search(), false).get(0);
      assertThat(ofNumbers.sourceTokenTexts()).containsExactly("0.5 0.25", "0.1 -0.1");
      assertThat(ofNumbers.best().text()).isEqualTo(ofText.text());
      assertThat(ofNumbers.best().vectors().orElseThrow().values())
          .containsExactly(ofText.vectors().orElseThrow().values());
    }
  }

  @Test
  void aLengthCanBeGiven() {
    load("target.generated_length=3", "training.max_steps=2").train(run);
    try (Translator translator = Translator.load(run)) {
      assertThat(translator.translate(List.of("1 1")).get(0).best().tokenTexts()).hasSize(3);
    }
  }

  @Test
  void aRunThatWasStoppedEndsAsOneThatWasNot() {
    Recorder recorder = Recorder.stoppingAfter(15);
    load("training.epochs=3").train(run, recorder.stop, recorder);
    load("training.epochs=3").resume(run);
    load("training.epochs=3").train(folder.resolve("whole"));
    assertThat(ToyExperiment.weights(new RunDirectory(run).lastCheckpoints().get(0)))
        .isEqualTo(
            ToyExperiment.weights(
                new RunDirectory(folder.resolve("whole")).lastCheckpoints().get(0)));
  }

  @Test
  void microBatchesGiveTheSameSteps() {
    load("training.max_steps=5", "model.encoder.dropout=0").train(run);
    Path other = folder.resolve("micro");
    load("training.max_steps=5", "model.encoder.dropout=0", "training.micro_batches=3")
        .train(other);
    var one = ToyExperiment.weights(new RunDirectory(run).lastCheckpoints().get(0));
    var many = ToyExperiment.weights(new RunDirectory(other).lastCheckpoints().get(0));
    one.forEach(
        (path, values) -> {
          for (int i = 0; i < values.size(); i++) {
            assertThat(many.get(path).get(i)).as(path).isCloseTo(values.get(i), within(2e-3f));
          }
        });
  }

  @Test
  void whatIsWrongIsSaidWithItsLine() throws IOException {
    Files.writeString(folder.resolve("train.tsv"), "1 2\t1 2\n1 2; 3\t1 2\n");
    assertThatThrownBy(() -> load().train(run))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder.resolve("train.tsv") + ", line 2: vector 2: expected 2 numbers (depth), got 1");
    assertThatThrownBy(() -> load("evaluation.metrics=[ser]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("ser measures tokens, but the target consists of vectors");
    assertThatThrownBy(() -> load("target.depth=null"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("type: vectors needs depth");
    assertThatThrownBy(() -> load("source.generated_length=3"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("only a target is generated");
    assertThatThrownBy(() -> load("model.embedding.tie=output"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a side of vectors has no embedding table");
  }
}
