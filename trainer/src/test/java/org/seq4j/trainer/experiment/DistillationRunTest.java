package org.seq4j.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.text.TokenIds;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.model.batch.PaddedBatch;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.trainer.objective.Teacher;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;

/** Runs that learn from other runs. */
final class DistillationRunTest {
  @TempDir static Path folder;
  private static ToyExperiment toy;

  @BeforeAll
  static void trainTeachers() {
    toy = ToyExperiment.in(folder);
    toy.load("training.epochs=2").train(folder.resolve("first"));
    toy.load("training.epochs=1", "seed=2", "model.decoder.units=12", "model.decoder.cell=lstm")
        .train(folder.resolve("second"));
  }

  private static String[] keys(String teachers, String... others) {
    return Stream.concat(
            Stream.of(
                "training.epochs=1",
                "training.objectives=[{type: cross-entropy, weight: 0.5}, {type: distillation,"
                    + " temperature: 2, teachers: ["
                    + teachers
                    + "]}]"),
            Stream.of(others))
        .toArray(String[]::new);
  }

  private static Map<String, List<Float>> weights(String run) {
    return ToyExperiment.weights(new RunDirectory(folder.resolve(run)).lastCheckpoints().get(0));
  }

  @Test
  void aRunResumesExactlyAndKeepsNothingOfItsTeachers() {
    String[] keys = keys("<toy>/first, <toy>/second");
    toy.load(keys).train(folder.resolve("whole"));
    Recorder recorder = Recorder.stoppingAfter(5);
    toy.load(keys).train(folder.resolve("stopped"), recorder.stop, recorder);
    Experiment.ofRun(folder.resolve("stopped"), ToyExperiment.REGISTRY, List.of())
        .resume(folder.resolve("stopped"), Recorder.untilTheEnd());
    assertThat(weights("stopped")).isEqualTo(weights("whole"));
    toy.load("training.epochs=1").train(folder.resolve("plain"));
    assertThat(weights("whole").keySet()).isEqualTo(weights("plain").keySet());
    assertThat(weights("whole")).isNotEqualTo(weights("plain"));
  }

  @Test
  void microBatchesTeachTheSame() {
    String[] rest = {
      "model.encoder.dropout=0",
      "model.decoder.dropout=0",
      "training.optimizer=sgd",
      "training.learning_rate=0.1",
      "training.threads=2"
    };
    toy.load(keys("<toy>/first", rest)).train(folder.resolve("in-one"));
    toy.load(
            Stream.concat(
                    Stream.of(keys("<toy>/first", rest)), Stream.of("training.micro_batches=3"))
                .toArray(String[]::new))
        .train(folder.resolve("in-three"));
    Map<String, List<Float>> whole = weights("in-one");
    weights("in-three")
        .forEach(
            (path, values) -> {
              for (int i = 0; i < values.size(); i++) {
                assertThat(values.get(i)).as(path).isCloseTo(whole.get(path).get(i), within(1e-4f));
              }
            });
  }

  @Test
  void aFinishedRunDoesNotNeedItsTeachers() throws IOException {
    toy.load("training.max_steps=1").train(folder.resolve("gone"));
    toy.load(keys("<toy>/gone")).train(folder.resolve("taught"));
    try (Stream<Path> files = Files.walk(folder.resolve("gone"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    try (Translator translator = Translator.load(folder.resolve("taught"))) {
      assertThat(translator.translate(List.of("a b")).get(0).best().text()).isNotNull();
    }
    assertThatThrownBy(() -> toy.load(keys("<toy>/gone")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("gone is not the folder of a run");
  }

  /** The probabilities of the true tokens are those by which the run scores the target. */
  @Test
  void aTeacherPredictsWhatItsRunScores() {
    TokenIds source = new TokenIds(4, 5, 6);
    TokenIds target = new TokenIds(5, 4);
    try (LoadedRun run =
        LoadedRun.open(new RunDirectory(folder.resolve("first")), ToyExperiment.REGISTRY)) {
      double score =
          ((TokenPredictor) run.predictor()).score(Sources.of(source), List.of(target))[0];
      try (Teacher teacher =
              Teacher.open(
                  folder.resolve("first"),
                  ToyExperiment.REGISTRY,
                  run.source(),
                  run.target(),
                  1,
                  1);
          Result predicted =
              teacher.predict(PaddedBatch.of(List.of(source)), PaddedBatch.of(List.of(target)))) {
        TFloat32 p = (TFloat32) predicted.get(0);
        double sum =
            Math.log(p.getFloat(0, 0, 5))
                + Math.log(p.getFloat(0, 1, 4))
                + Math.log(p.getFloat(0, 2, 3));
        assertThat(sum).isCloseTo(score, within(1e-4));
      }
    }
  }

  @Test
  void aTeacherWithAnotherVocabularyIsRefused() {
    toy.load("training.max_steps=1", "target.tokenizer=characters").train(folder.resolve("other"));
    assertThatThrownBy(
            () -> toy.load(keys("<toy>/first, <toy>/other")).train(folder.resolve("refused")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("distillation: the teacher " + folder.resolve("other"))
        .hasMessageContaining("has another target vocabulary: 11 tokens, and this model 10");
    assertThat(folder.resolve("refused/checkpoints")).doesNotExist();
  }
}
