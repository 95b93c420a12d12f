package org.seq4j.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.trainer.training.state.TrainingException;

/** Vectors made elsewhere, for two of the six letters. */
final class VectorsTest {
  private static final List<Float> OF_A = List.of(1f, 0f, 0f, 0f, 0f, 0f, 0f, 0.5f);
  private static final String SOURCE =
      "model.embedding.source={units: 8, vectors: <toy>/vectors.txt}";
  private static final String FROZEN =
      "model.embedding.source={units: 8, vectors: {file: <toy>/vectors.txt, frozen: true}}";

  @TempDir Path folder;

  private ToyExperiment toy;
  private Path run;

  @BeforeEach
  void write() {
    toy = ToyExperiment.in(folder);
    run = folder.resolve("run");
    ToyExperiment.write(
        folder.resolve("vectors.txt"), "2 8\na 1 0 0 0 0 0 0 0.5\nd 0 1 0 0 0 0 0 -0.5\n");
  }

  private static List<Float> row(Path run, String table, String token) throws IOException {
    RunDirectory directory = new RunDirectory(run);
    int id = CountedVocabulary.read(directory.sourceVocabulary()).id(token);
    Map<String, List<Float>> weights = ToyExperiment.weights(directory.lastCheckpoints().get(0));
    return weights.get(table).subList(8 * id, 8 * id + 8);
  }

  @Test
  void frozenOnesStayAsTheyAreAndSoDoTheOthersOfTheirTable() throws IOException {
    Recorder recorder = Recorder.untilTheEnd();
    toy.load(FROZEN, "training.max_steps=1").train(run, recorder);
    toy.load(FROZEN).train(folder.resolve("long"));
    for (Path trained : List.of(run, folder.resolve("long"))) {
      assertThat(row(trained, "embedding.source", "a")).isEqualTo(OF_A);
    }
    assertThat(row(folder.resolve("long"), "embedding.source", "b"))
        .isEqualTo(row(run, "embedding.source", "b"));
    assertThat(ToyExperiment.weights(new RunDirectory(run).lastCheckpoints().get(0)).keySet())
        .filteredOn(path -> path.contains("embedding"))
        .doesNotContain("optimizer.m.embedding.source")
        .contains("embedding.source", "optimizer.m.embedding.target");
    var coverage = recorder.plans.get(0).vectors().get("embedding.source");
    assertThat(coverage.found()).isEqualTo(2);
    assertThat(coverage.tokens()).isEqualTo(6);
    assertThat(coverage.occurrences()).isBetween(0.25, 0.42);
    List<JsonNode> sessions = ToyExperiment.lines(run.resolve("sessions.jsonl"));
    assertThat(sessions.get(0).at("/vectors/embedding.source/found").asInt()).isEqualTo(2);
  }

  @Test
  void othersAreWhereTrainingBegins() throws IOException {
    toy.load(SOURCE, "training.max_steps=1", "training.learning_rate=0.001").train(run);
    List<Float> a = row(run, "embedding.source", "a");
    assertThat(a).isNotEqualTo(OF_A);
    for (int i = 0; i < 8; i++) { // a step of Adam moves each number by the learning rate
      assertThat(a.get(i) - OF_A.get(i)).isBetween(-0.0011f, 0.0011f);
    }
  }

  @Test
  void oneTableForBothSidesTakesThem() throws IOException {
    toy.load(FROZEN, "model.embedding.tie=all", "training.max_steps=2").train(run);
    assertThat(row(run, "embedding.shared", "a")).isEqualTo(OF_A);
    assertThatThrownBy(
            () -> toy.load(SOURCE, SOURCE.replace("source", "target"), "model.embedding.tie=all"))
        .hasMessageContaining("set vectors for source or for target, not both");
  }

  @Test
  void aRunThatWasStoppedEndsAsOneThatWasNotAndKnowsItsFile() throws IOException {
    Recorder recorder = Recorder.stoppingAfter(20);
    toy.load(SOURCE).train(run, recorder.stop, recorder);
    toy.load(SOURCE).resume(run);
    toy.load(SOURCE).train(folder.resolve("whole"));
    assertThat(ToyExperiment.weights(new RunDirectory(run).lastCheckpoints().get(0)))
        .isEqualTo(
            ToyExperiment.weights(
                new RunDirectory(folder.resolve("whole")).lastCheckpoints().get(0)));

    Files.writeString(toy.file("vectors.txt"), "a 2 2 2 2 2 2 2 2\n");
    assertThatThrownBy(() -> toy.load(SOURCE, "training.epochs=4").resume(run))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("its data have changed since it started: ")
        .hasMessageContaining("vectors.txt");
  }

  @Test
  void whatIsWrongIsSaidBeforeAnythingStarts() throws IOException {
    assertThatThrownBy(() -> toy.load(SOURCE.replace("vectors.txt", "none.txt")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("model.embedding.source.vectors.file: no such file: ");
    assertThatThrownBy(() -> toy.load(SOURCE.replace("8", "16")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("expected vectors of 16 numbers (units), got 8");
  }
}
