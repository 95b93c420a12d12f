package org.seq4j.trainer.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.experiment.ToyExperiment;
import org.seq4j.trainer.training.LearningRateSearch;
import org.seq4j.trainer.training.TrainingListener;
import org.seq4j.trainer.training.state.TrainingException;

/** Models made of other models: begun with their weights, or averaged. */
final class WarmStartTest {
  @TempDir Path folder;

  private ToyExperiment toy;
  private Path first;
  private Path second;

  @BeforeEach
  void write() {
    toy = ToyExperiment.in(folder);
    first = folder.resolve("first");
    second = folder.resolve("second");
  }

  /** Leaves the weights as they begin. */
  private Map<String, SafeTensors.Array> begin(Path run, List<Object> told, String... overrides) {
    List<String> all = new ArrayList<>(List.of(overrides));
    all.addAll(List.of("training.max_steps=1", "training.learning_rate=0", "seed=9"));
    toy.load(all.toArray(String[]::new))
        .train(
            run,
            new TrainingListener() {
              @Override
              public void warmStarted(WarmStart.Taken taken) {
                told.add(taken);
              }
            });
    return best(run);
  }

  private static Map<String, SafeTensors.Array> best(Path run) {
    return SafeTensors.read(new RunDirectory(run).checkpoint()).arrays();
  }

  @Test
  void tokensKeepTheirVectorsInAnotherVocabulary() throws IOException {
    toy.load("training.epochs=1").train(first);
    Map<String, SafeTensors.Array> theirs = best(first);
    List<String> lines = Files.readAllLines(toy.file("train.tsv"));
    ToyExperiment.write( // c is not there any more, and x, y and z are new and frequent
        toy.file("train.tsv"),
        String.join("\n", lines).replace("c", "y").replace("a b", "z x a b") + "\n");
    Map<String, SafeTensors.Array> cold = begin(folder.resolve("cold"), new ArrayList<>());
    List<Object> told = new ArrayList<>();
    Map<String, SafeTensors.Array> warm =
        begin(second, told, "training.start_from={run: %s}".formatted(first));

    CountedVocabulary here = CountedVocabulary.read(new RunDirectory(second).sourceVocabulary());
    CountedVocabulary there = CountedVocabulary.read(new RunDirectory(first).sourceVocabulary());
    assertThat(here.size()).isEqualTo(there.size() + 2);
    for (int id = 0; id < here.size(); id++) {
      String token = here.token(id);
      boolean known = !Set.of("x", "y", "z").contains(token);
      Map<String, SafeTensors.Array> expected = known ? theirs : cold;
      int row = known ? (id < 4 ? id : there.id(token)) : id;
      for (String path : List.of("embedding.source", "embedding.target")) {
        assertThat(row(warm.get(path), id)).as(token).isEqualTo(row(expected.get(path), row));
      }
      assertThat(column(warm.get("output.projection.kernel"), id))
          .as(token)
          .isEqualTo(column(expected.get("output.projection.kernel"), row));
      assertThat(warm.get("output.projection.bias").values()[id])
          .isEqualTo(expected.get("output.projection.bias").values()[row]);
    }
    int others = 0;
    for (String path : warm.keySet()) {
      if (!path.startsWith("embedding.") && !path.startsWith("output.")) {
        assertThat(warm.get(path).values()).as(path).isEqualTo(theirs.get(path).values());
        others++;
      }
    }
    assertThat(others).isGreaterThan(5);
    assertThat(told)
        .containsExactly(
            new WarmStart.Taken(first, warm.size(), warm.size(), here.size() - 3, here.size() - 3));
  }

  private static float[] row(SafeTensors.Array table, int row) {
    int width = (int) table.shape()[1];
    return Arrays.copyOfRange(table.values(), row * width, (row + 1) * width);
  }

  private static float[] column(SafeTensors.Array table, int column) {
    float[] values = new float[(int) table.shape()[0]];
    for (int row = 0; row < values.length; row++) {
      values[row] = table.values()[row * (int) table.shape()[1] + column];
    }
    return values;
  }

  @Test
  void onlyWhatIsAskedForIsTaken() {
    toy.load("training.epochs=1").train(first);
    Map<String, SafeTensors.Array> warm =
        begin(
            second,
            new ArrayList<>(),
            "training.start_from={run: %s, parameters: ['encoder.*']}".formatted(first),
            "model.decoder.units=24");
    best(first)
        .forEach(
            (path, array) ->
                assertThat(Arrays.equals(warm.get(path).values(), array.values()))
                    .as(path)
                    .isEqualTo(path.startsWith("encoder.")));
  }

  @Test
  void whatDoesNotFitIsNamed() {
    toy.load("training.epochs=1").train(first);
    assertThatThrownBy(
            () ->
                begin(
                    second,
                    new ArrayList<>(),
                    "training.start_from={run: %s}".formatted(first),
                    "model.encoder.units=24"))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(
            "(?s)training.start_from: [a-z0-9._]+ has shape \\[.*] in .*, but \\[.*] in this model;"
                + " configure the model as in that run, or select the parameters to take with"
                + " parameters: \\[...]");
    assertThat(second).doesNotExist();
  }

  @Test
  void anAverageIsTheMeanOfItsCheckpoints() {
    toy.load("training.checkpoints.keep_best=2").train(first);
    RunDirectory run = new RunDirectory(first);
    assertThat(CheckpointAverage.ofBest(run, 5)).isEqualTo(run.rankedCheckpoints()).hasSize(2);
    assertThatTheAverageIsTheMeanOf(run, run.rankedCheckpoints());
    assertThat(SafeTensors.read(run.checkpoint("average")).arrays().keySet())
        .isEqualTo(SafeTensors.read(run.checkpoint("best")).arrays().keySet());
    var evaluation =
        toy.load().evaluate(run, run.checkpoint("average"), toy.load().examples(SplitName.TEST));
    assertThat(evaluation.answers()).hasSize(30);
  }

  @Test
  void theLatestCheckpointsAreAveragedWithoutTheOptimizersNumbers() {
    toy.load("training.checkpoints.keep_last=2", "training.moving_average=0.9", "training.outer={}")
        .train(first);
    RunDirectory run = new RunDirectory(first);
    assertThat(CheckpointAverage.ofLast(run, 5)).isEqualTo(run.lastCheckpoints()).hasSize(2);
    assertThatTheAverageIsTheMeanOf(run, run.lastCheckpoints());
    assertThat(SafeTensors.read(run.checkpoint("average")).arrays().keySet())
        .isEqualTo(SafeTensors.read(run.checkpoint("best")).arrays().keySet());
  }

  private static void assertThatTheAverageIsTheMeanOf(RunDirectory run, List<Path> two) {
    Map<String, SafeTensors.Array> one = SafeTensors.read(two.get(0)).arrays();
    Map<String, SafeTensors.Array> other = SafeTensors.read(two.get(1)).arrays();
    Map<String, SafeTensors.Array> mean = SafeTensors.read(run.checkpoint("average")).arrays();
    assertThat(one.keySet()).containsAll(mean.keySet());
    mean.forEach(
        (path, array) -> {
          for (int i = 0; i < array.values().length; i++) {
            assertThat(array.values()[i])
                .isCloseTo(
                    (one.get(path).values()[i] + other.get(path).values()[i]) / 2, within(1e-7f));
          }
        });
  }

  @Test
  void oneCheckpointMakesNoAverage() {
    toy.load("training.epochs=1").train(first);
    assertThatThrownBy(() -> CheckpointAverage.ofBest(new RunDirectory(first), 5))
        .isInstanceOf(RunException.class)
        .hasMessage(
            first
                + " keeps 1 best checkpoint, but an average needs at least 2. Train with"
                + " training.checkpoints: {keep_best: 5}");
    assertThatThrownBy(() -> new RunDirectory(first).checkpoint("average"))
        .isInstanceOf(RunException.class)
        .hasMessageMatching(".* has no checkpoint 'average'; there are \\[best-13, last-13]");
  }

  @Test
  void aLearningRateIsLookedForUntilTheLossGrows() {
    LearningRateSearch found =
        toy.load().findLearningRate(new LearningRateSearch.Range(1e-4, 100, 60));
    List<LearningRateSearch.Point> points = found.points();
    assertThat(points.size()).isBetween(20, 60);
    assertThat(points.get(0).learningRate()).isEqualTo(1e-4);
    double lowest = points.stream().mapToDouble(LearningRateSearch.Point::loss).min().orElseThrow();
    assertThat(points.get(0).loss()).isGreaterThan(lowest);
    assertThat(found.suggestion()).isBetween(1e-4, 1.0);
    assertThat(folder.resolve("runs")).doesNotExist();
  }
}
